import { createHash } from 'node:crypto';

/** The published kernel (lib/facts/measured-capacity.json): hashes chained 500,000 times. Prints the ms of CPU that it takes. */
function kernel() {
  const before = process.cpuUsage();
  let data = Buffer.from('benchmark data for Lambda ARM vs x86 performance testing');
  for (let round = 0; round < 500_000; round += 1) data = createHash('sha256').update(data).digest();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

console.log(kernel());
