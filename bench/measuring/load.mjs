/**
 * The load, in a process of its own so that it takes nothing from the one that measures. Reads one job as JSON from its
 * standard input and writes what came of it. No request is cut off at the end: slow servers would be charged for answers that
 * nobody counted.
 */
import { Client } from 'undici';
import { text } from 'node:stream/consumers';

const job = JSON.parse(await text(process.stdin));
const requests = job.requests.map((request) => ({ ...request, body: Buffer.from(request.body) }));
const clients = Array.from({ length: job.connections }, () => new Client(job.origin, { pipelining: 1 }));
const latencies = [];
let bytes = 0;
let wrong = 0;
let turn = 0;

const start = performance.now();
const end = start + job.seconds * 1000;
await Promise.all(clients.map(keepAsking));
const milliseconds = performance.now() - start;
await Promise.all(clients.map((client) => client.close()));

latencies.sort((a, b) => a - b);
const percentile = (part) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))];
process.stdout.write(
  JSON.stringify({
    requests: latencies.length,
    milliseconds,
    wrong,
    bytes,
    median: percentile(0.5),
    p99: percentile(0.99),
  }),
);

async function keepAsking(client) {
  while (performance.now() < end) {
    const sent = performance.now();
    await ask(client, requests[(turn += 1) % requests.length]);
    latencies.push(performance.now() - sent);
  }
}

function ask(client, request) {
  return new Promise((resolve, reject) => {
    client.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_controller, status) {
        if (status !== 200) wrong += 1;
      },
      onResponseData(_controller, chunk) {
        bytes += chunk.length;
      },
      onResponseEnd: () => resolve(),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}
