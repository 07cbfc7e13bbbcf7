/** The directory of a running process: as the files last read well say, on the day that it is when it is asked. */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../core/ports.js';
import type { Binding } from '../core/binding.js';
import { toLocal } from '../calendar/local.js';
import { bindOver } from './bindings.js';
import type { Directory } from './directory.js';
import { directoryOn, type DirectorySource } from './tenure.js';

export type LiveDirectory = {
  /** Never copy it apart or keep what it returns: its people change at midnight and with the files. */
  directory: Directory;
  source(): DirectorySource;
  /** In one step, for everybody who holds `directory`. */
  replace(source: DirectorySource): void;
  /** What was bound in chats goes before the files. */
  bind(bindings: readonly Binding[]): void;
};

export function createLiveDirectory(first: DirectorySource, clock: Clock): LiveDirectory {
  let source = first;
  let bindings: readonly Binding[] = [];
  let built: { source: DirectorySource; day: string; directory: Directory } | null = null;
  const current = (): Directory => {
    const day = toLocal(clock()).date;
    if (built?.source !== source || built.day !== day)
      built = { source, day, directory: directoryOn(bindOver(source, bindings), day) };
    return built.directory;
  };
  return {
    directory: delegateTo(current),
    source: () => source,
    replace(next) {
      source = next;
    },
    bind(next) {
      if (isDeepStrictEqual(next, bindings)) return;
      bindings = next;
      built = null;
    },
  };
}

/** A directory that asks for the one in force at each use. */
function delegateTo(current: () => Directory): Directory {
  return {
    get county() {
      return current().county;
    },
    get organizations() {
      return current().organizations;
    },
    get people() {
      return current().people;
    },
    get everybody() {
      return current().everybody;
    },
    get villages() {
      return current().villages;
    },
    get posts() {
      return current().posts;
    },
    get roster() {
      return current().roster;
    },
    get staffing() {
      return current().staffing;
    },
    resolve: (name) => current().resolve(name),
    mentions: (text) => current().mentions(text),
    nearest: (name) => current().nearest(name),
    aliasesOf: (unit) => current().aliasesOf(unit),
    personOf: (user) => current().personOf(user),
    groupsOf: (unit) => current().groupsOf(unit),
    onDuty: (unit, at) => current().onDuty(unit, at),
    nextShiftAt: (after) => current().nextShiftAt(after),
    unitOf: (person) => current().unitOf(person),
    personNamed: (name) => current().personNamed(name),
    townshipNamed: (name) => current().townshipNamed(name),
    townshipOf: (person) => current().townshipOf(person),
    carriers: (row, township) => current().carriers(row, township),
    withAliases(aliases) {
      let over: { base: Directory; directory: Directory } | null = null;
      return delegateTo(() => {
        const base = current();
        if (over?.base !== base) over = { base, directory: base.withAliases(aliases) };
        return over.directory;
      });
    },
  };
}
