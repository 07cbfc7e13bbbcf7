/** A headless Chromium as ruler and camera of a page. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `CHROMIUM`, or what is installed; null when none is. */
export function findBrowser(env: NodeJS.ProcessEnv): string | null {
  const named = env['CHROMIUM'];
  const known = named ? [named] : NAMES;
  return known.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0) ?? null;
}

/** Of a card, px: its whole height, and where its primary button ends; null without one. */
export type Measure = { height: number; primaryEnd: number | null };

const WIDTH = 351;
/** Sharp on a telephone's screen and in the manual. */
const SCALE = 1.5;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  `--force-device-scale-factor=${SCALE}`,
];

/** Runs in the page: each card's measures into the title. */
const RULER = `<script>document.title = JSON.stringify(Object.fromEntries([...document.querySelectorAll('.card')].map((card) => {
  const box = card.getBoundingClientRect(), primary = card.querySelector('.primary')?.getBoundingClientRect();
  return [card.id, { height: Math.round(box.height), primaryEnd: primary ? Math.round(primary.bottom - box.top) : null }];
})))</script>`;

export function measure(browser: string, page: string, dir: string): Record<string, Measure> {
  const file = join(dir, 'measure.html');
  writeFileSync(file, page + RULER);
  const dom = execFileSync(
    browser,
    [...FLAGS, `--window-size=${WIDTH},800`, '--dump-dom', `file://${file}`],
    {
      ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 },
    },
  );
  const title = /<title>(.*?)<\/title>/s.exec(dom)?.[1];
  if (title === undefined) throw new Error('the browser measured nothing');
  return JSON.parse(title.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Record<string, Measure>;
}

/** `page` shows one card of this height. */
export function photograph(
  browser: string,
  page: string,
  height: number,
  picture: string,
  dir: string,
): void {
  const file = join(dir, 'picture.html');
  writeFileSync(file, page);
  execFileSync(
    browser,
    [...FLAGS, `--window-size=${WIDTH},${height}`, `--screenshot=${picture}`, `file://${file}`],
    { stdio: 'ignore' },
  );
}
