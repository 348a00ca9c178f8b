/** Starts one contestant in its own process: `node serve.mjs NAME`, with where the people are in BENCH_PLACE as JSON. */

const [name] = process.argv.slice(2);
const { serve } = await import(`./${name}.mjs`);
const port = await serve(JSON.parse(process.env.BENCH_PLACE));
process.stdout.write(`${JSON.stringify({ origin: `http://127.0.0.1:${port}` })}\n`);
// Whoever started this is gone when its end of the pipe closes.
process.stdin.on('end', () => process.exit()).resume();
