import { describe, expect, it } from 'vitest';
import { affirmed } from '../../src/requests/referring.js';

const UNITS = ['水利局', '供电公司', '交通局', '公路局'];
const mentions = (text: string) =>
  UNITS.flatMap((unit) => (text.includes(unit) ? [{ unit, alias: unit, index: text.indexOf(unit) }] : []));

describe('a unit that is named only to be denied', () => {
  it.each([
    ['这个不是转给水利局的,转给供电公司,是线路没电', '转给供电公司,是线路没电'],
    ['塌陷那个转公路局,不是交通局', '塌陷那个转公路局,'],
    ['转给水利局,不归我们管', '转给水利局,不归我们管'],
    ['不转给水利局', '不转给水利局'],
  ])('%s', (said, left) => expect(affirmed(said, mentions)).toBe(left));
});
