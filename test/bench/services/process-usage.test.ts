import { cpuSeconds, cpuSecondsIn, residentMiB, residentMiBIn } from '../../../bench/services/process-usage';

it('adds user and system time, also of a process whose name has spaces and brackets', () => {
  const stat = '42 (node (api) x) S 1 42 42 0 -1 4194304 9000 0 0 0 1234 66 0 0 20 0 11 0 500 700000 30000';
  expect(cpuSecondsIn(stat)).toBe(13);
});

it('reads the resident memory', () => {
  expect(residentMiBIn('Name:\tnode\nVmPeak:\t 900000 kB\nVmRSS:\t  102400 kB\nThreads:\t11\n')).toBe(100);
});

it('reads those of a running process', () => {
  if (process.platform !== 'linux') return; // there is no /proc elsewhere
  expect(cpuSeconds(process.pid)).toBeGreaterThan(0);
  expect(residentMiB(process.pid)).toBeGreaterThan(10);
});
