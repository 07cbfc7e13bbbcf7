/** Follows the folder of the calendar: a year that is put there counts within seconds, without a restart. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../core/errors.js';
import { loadCalendar, type Calendar } from './calendar.js';
import { listFiles } from './years.js';

export type LiveCalendar = { calendar: Calendar; replace(next: Calendar): void };

/** The calendar of a running process. Never copy it apart: its years change with the files. */
export function createLiveCalendar(first: Calendar): LiveCalendar {
  let current = first;
  return {
    calendar: {
      day: (date) => current.day(date),
      holidays: (year) => current.holidays(year),
      hasYear: (year) => current.hasYear(year),
      get hours() {
        return current.hours;
      },
    },
    replace(next) {
      current = next;
    },
  };
}

/** @returns one look, called every few seconds. What is broken is said once for each state of the folder, and the old one stays. */
export function createCalendarFollower(options: {
  dir: string;
  live: LiveCalendar;
  onChange: () => void;
  onRefused: (reason: string) => void;
}): () => void {
  const { dir, live, onChange, onRefused } = options;
  // Not the state at this moment: the folder may have changed since it was read.
  let taken = '';
  let tried = '';
  return () => {
    const state = stateOf(dir);
    if (state === taken) return;
    try {
      live.replace(loadCalendar(dir));
      const isFirst = taken === '';
      taken = state;
      if (!isFirst) onChange();
    } catch (error) {
      // The first time it may be half written.
      if (tried === state) {
        taken = state;
        onRefused(errorText(error));
      }
      tried = state;
    }
  };
}

function stateOf(dir: string): string {
  try {
    return listFiles(dir)
      .map((name) => {
        const found = statSync(join(dir, name), { throwIfNoEntry: false });
        return found ? `${name} ${found.ino}/${found.size}/${found.mtimeMs}` : name;
      })
      .join('\n');
  } catch (error) {
    return `unreadable: ${errorText(error)}`;
  }
}
