/**
 * `npm test`: all tests, and beside them format, lint, types and unused code one after another, so that two cores have work until
 * the end. What one of them has to say is said whole behind the tests; one that fails fails the gate.
 */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

const BESIDE = ['format:check', 'lint', 'types', 'unused'];

/** `said` is null where it goes to the screen by itself. */
function run(name, stdio) {
  const began = performance.now();
  const child = spawn('npm', ['run', '--silent', name], { stdio });
  const said = child.stdout ? [] : null;
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve) => {
    const end = (isGood) => resolve({ name, said, isGood, seconds: (performance.now() - began) / 1000 });
    child.once('error', () => end(false));
    child.once('close', (code) => end(code === 0));
  });
}

async function oneAfterAnother(names) {
  const results = [];
  for (const name of names) results.push(await run(name, ['ignore', 'pipe', 'pipe']));
  return results;
}

const [tests, beside] = await Promise.all([run('test:unit', 'inherit'), oneAfterAnother(BESIDE)]);
for (const { name, said, isGood } of beside)
  if (!isGood) console.error(`\n${name}:\n${Buffer.concat(said).toString('utf8').trimEnd()}`);
const all = [tests, ...beside];
console.log(
  all.map(({ name, isGood, seconds }) => `${isGood ? '✓' : '✗'} ${name} ${seconds.toFixed(0)} s`).join('\n'),
);
if (!all.every(({ isGood }) => isGood)) process.exitCode = 1;
