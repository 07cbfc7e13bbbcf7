/**
 * Around each file. Files share a worker with what it has loaded, one after the other: whoever changes the process gives it
 * back as it was, or the next file would be another test behind it than alone.
 */
import { afterAll, expect } from 'vitest';
import { removeFolders } from './folder.js';

const OWNERS = { globalThis, Date, Math, JSON, console, stdout: process.stdout, stderr: process.stderr };
const EVENTS = ['uncaughtException', 'unhandledRejection', 'SIGINT', 'SIGTERM', 'SIGUSR2'];

/** Functions by owner and name; what is only made when somebody asks for it is none yet. */
const functionsNow = (): Map<string, unknown> =>
  new Map(
    Object.entries(OWNERS).flatMap(([owner, it]) =>
      Object.entries(Object.getOwnPropertyDescriptors(it)).flatMap(([name, { value }]) =>
        typeof value === 'function' ? [[`${owner}.${name}`, value] as const] : [],
      ),
    ),
  );

/** What was set before the file; the libraries that it loads add to it. */
const settings = Object.keys(process.env);
const plainState = () => ({
  environment: settings.map((name) => [name, process.env[name]]),
  folder: process.cwd(),
  umask: process.umask(),
  user: process.geteuid?.(),
  exitCode: process.exitCode,
  listeners: EVENTS.map((name) => `${name} ${process.listenerCount(name)}`),
});

/** pdfjs brings its own when it is loaded (core-js); it reads as the built-in one does. */
const OF_LIBRARIES: ReadonlySet<string> = new Set(['JSON.parse', 'JSON.stringify']);

const functions = functionsNow();
const state = plainState();

// Hooks that stand in a setup file run last.
afterAll(() => {
  removeFolders();
  const now = functionsNow();
  const replaced = [...functions]
    .filter(([name, it]) => now.get(name) !== it && !OF_LIBRARIES.has(name))
    .map(([name]) => name);
  expect(replaced, 'functions of the process that the file has replaced').toEqual([]);
  expect(plainState(), 'what the file has changed of the process').toEqual(state);
});
