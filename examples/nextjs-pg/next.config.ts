import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // The disk of a task is read-only: what Next.js caches stays in memory, and pictures are served as they are.
  experimental: { isrFlushToDisk: false },
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  poweredByHeader: false,
};

export default config;
