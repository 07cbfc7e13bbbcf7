/** The package has no types of its own; only what is used here. */
declare module 'fs-native-extensions' {
  /** False when another open file holds the lock. Throws what the system says otherwise. */
  export function tryLock(fd: number): boolean;
}
