/** Whether changes may be done: versions that are based on the stored ones, leases that are still held. */
import { BotError } from '../../core/errors.js';
import type { Change } from '../../core/store.js';
import type { State } from './state.js';

/**
 * Whether the conditions of the changes hold, one after the other as if each were done before the next is looked at.
 * @throws BotError 'CONFLICT'
 */
export function checkChanges(
  state: State,
  changes: Change[],
  archivedVersion: (number: string) => number,
): void {
  const { tables } = state;
  const versions = new Map<string, number>();
  /** Keys of updates, messages and timers that an earlier change took from whoever held them. */
  const freed = new Set<string>();
  const demand = (holder: string | undefined, lease: string, what: string): void => {
    if (holder !== lease || freed.has(what))
      throw new BotError('CONFLICT', `${what} is not held by this lease`);
    freed.add(what);
  };
  for (const change of changes)
    switch (change.kind) {
      case 'request': {
        const { number } = change.request;
        const live = versions.get(number) ?? tables.requests.get(number)?.version;
        const stored = live ?? archivedVersion(number);
        if (stored !== change.expectedVersion)
          throw new BotError('CONFLICT', `${number} has version ${stored}, not ${change.expectedVersion}`);
        versions.set(number, stored + 1);
        break;
      }
      case 'reminder':
      case 'occurrence':
      case 'evaluation': {
        const [what, id] = versionedOf(change);
        const stored = versions.get(id) ?? tables[what].get(id)?.version ?? 0;
        if (stored !== change.expectedVersion)
          throw new BotError('CONFLICT', `${id} has version ${stored}, not ${change.expectedVersion}`);
        versions.set(id, stored + 1);
        break;
      }
      case 'schedule':
        freed.add(`timer ${change.timer.key}`);
        break;
      case 'cancel':
        freed.add(`timer ${change.key}`);
        break;
      case 'timerDone':
      case 'timerRetry':
        demand(tables.timers.get(change.key)?.lease?.token, change.lease, `timer ${change.key}`);
        break;
      case 'updateDone':
      case 'updateSetAside':
      case 'updateRetry':
        demand(tables.inbox.get(change.id)?.lease?.token, change.lease, `update ${change.id}`);
        break;
      case 'outgoingDone':
      case 'outgoingRetry':
        demand(tables.outgoing.get(change.key)?.lease?.token, change.lease, `message ${change.key}`);
        break;
    }
}

/** In which table, under which key. */
function versionedOf(change: Extract<Change, { kind: 'reminder' | 'occurrence' | 'evaluation' }>) {
  if (change.kind === 'reminder') return ['reminders', change.reminder.id] as const;
  if (change.kind === 'occurrence') return ['occurrences', change.occurrence.id] as const;
  return ['evaluations', change.evaluation.id] as const;
}
