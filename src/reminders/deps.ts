/** What the reminders are worked with. */
import type { Calendar } from '../calendar/calendar.js';
import type { Directory } from '../organizations/directory.js';
import type { Rules } from './rules.js';
import type { Platform } from '../core/chat.js';

export type ReminderWorld = {
  calendar: Calendar;
  directory: Directory;
  rules: Rules;
  /** Platforms that run: nobody is reached on the others. */
  platforms: ReadonlySet<Platform>;
};
