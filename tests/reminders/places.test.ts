import { expect, it } from 'vitest';
import { placedIn } from '../../src/reminders/places.js';

it.each([
  ['前两个都删掉', ['a', 'b']],
  ['后三条取消', ['b', 'c', 'd']],
  ['最后两个不要了', ['c', 'd']],
  ['第一条和第三条删掉', ['a', 'c']],
  ['1、4都取消', ['a', 'd']],
  ['都删掉', []],
])('%s', (words, places) => expect(placedIn(words, ['a', 'b', 'c', 'd'])).toEqual(places));
