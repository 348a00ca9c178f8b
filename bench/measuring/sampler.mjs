/** Loaded into a server that is profiled: the first SIGUSR2 begins to sample, the second writes what was sampled. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';

const INTERVAL_MICROSECONDS = 200;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
let samples = false;

process.on('SIGUSR2', () => {
  samples = !samples;
  if (samples) session.post('Profiler.start');
  else session.post('Profiler.stop', (_error, { profile }) => write(profile));
});

function write(profile) {
  writeFileSync(path.join(process.env.BENCH_PROFILES, 'main.cpuprofile'), JSON.stringify(profile));
}
