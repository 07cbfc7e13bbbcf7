/** What anybody can send as the value of a button, and none of ours ever is. */
export const FORGED: readonly string[] = [
  ...['1e300', '-1', 'NaN', 'Infinity', '-Infinity', '0x7fffffff', '1.5', '99999'],
  ...['9'.repeat(40), '-' + '9'.repeat(40)],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'],
  ...[' ', '\n', '\u0000', '\uFFFD'.repeat(21), '\u00ff'.repeat(32), '😀'.repeat(16), '\ud800', '𠀀'],
  ...['null', 'undefined', '[]', '{}', '"', "' OR 1=1 --", '../../etc/passwd', '%s%n', '*', '.*'],
  ...['x'.repeat(64), '每月' + '9'.repeat(60), 'a '.repeat(32), '1 '.repeat(32)],
];
