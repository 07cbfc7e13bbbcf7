/** The directory of a running process: as the files last read well say, on the day that it is when it is asked. */
import type { Clock } from '../core/ports.js';
import { toLocal } from '../calendar/local.js';
import type { Directory } from './directory.js';
import { directoryOn, type DirectorySource } from './tenure.js';

export type LiveDirectory = {
  /** Never copy it apart or keep what it returns: its people change at midnight and with the files. */
  directory: Directory;
  source(): DirectorySource;
  /** In one step, for everybody who holds `directory`. */
  replace(source: DirectorySource): void;
};

export function createLiveDirectory(first: DirectorySource, clock: Clock): LiveDirectory {
  let source = first;
  let built: { source: DirectorySource; day: string; directory: Directory } | null = null;
  const current = (): Directory => {
    const day = toLocal(clock()).date;
    if (built?.source !== source || built.day !== day)
      built = { source, day, directory: directoryOn(source, day) };
    return built.directory;
  };
  return {
    directory: delegateTo(current),
    source: () => source,
    replace(next) {
      source = next;
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
    get posts() {
      return current().posts;
    },
    resolve: (name) => current().resolve(name),
    mentions: (text) => current().mentions(text),
    nearest: (name) => current().nearest(name),
    aliasesOf: (unit) => current().aliasesOf(unit),
    personOf: (user) => current().personOf(user),
    groupsOf: (unit) => current().groupsOf(unit),
    onDuty: (unit, at) => current().onDuty(unit, at),
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
