import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { cpuOf, cpuOfChildren, peakOf, resetPeak } from './process.mjs';

const LOAD = fileURLToPath(new URL('load.mjs', import.meta.url));

/**
 * Lets the load run against a server and tells what it cost.
 *
 * @param server `origin`, `pid`, and `databasePid` when another process keeps the data; its children are counted as the server
 * @returns `perSecond`, CPU milliseconds per request of the server and of its database, peak memory in MiB, latencies
 * @throws Error when an answer was anything but 200
 */
export async function measure(server, requests, { seconds, connections }) {
  server.assertAlive();
  resetPeak(server.pid);
  const before = cpuNow(server);
  const load = await runLoad({ origin: server.origin, requests, seconds, connections }).catch((error) => {
    server.assertAlive();
    throw error;
  });
  const after = cpuNow(server);
  if (load.wrong > 0) throw new Error(`${load.wrong} of ${load.requests} answers were not 200.`);
  return {
    perSecond: (load.requests / load.milliseconds) * 1000,
    requests: load.requests,
    cpu: (after.server - before.server) / load.requests,
    databaseCpu: (after.database - before.database) / load.requests,
    peak: peakOf(server.pid),
    median: load.median,
    p99: load.p99,
    bytes: load.bytes / load.requests,
  };
}

function cpuNow({ pid, databasePid }) {
  return { server: cpuOf(pid) + cpuOfChildren(pid), database: databasePid ? cpuOfChildren(databasePid) : 0 };
}

async function runLoad(job) {
  const child = spawn(process.execPath, [LOAD], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const output = text(child.stdout);
  child.stdin.end(JSON.stringify(job));
  const [code] = await ended;
  if (code !== 0) throw new Error(`The load ended with ${code}.`);
  return JSON.parse(await output);
}
