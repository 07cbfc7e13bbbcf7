import { describe, expect, it } from 'vitest';
import { isNo, isYes } from '../../src/requests/yes-no.js';

describe('what is said to a move that was read back', () => {
  it.each(['确认', '是的', '好', '同意', '没错', '就这样', '对,就这么定,确认', '行 提交'])(
    '%s is yes',
    (text) => {
      expect([isYes(text), isNo(text)]).toEqual([true, false]);
    },
  );
  it.each(['不', '不对', '看错了,不撤', '不撤了', '先不转', '别催', '点错了', '哎,不是', '还是不签'])(
    '%s is no',
    (text) => expect([isYes(text), isNo(text)]).toEqual([false, true]),
  );
  it.each(['机井的催一下', '不是住建局,应由水利局主办', '路灯坏了归谁管', '换成三天'])(
    '%s is neither',
    (text) => expect([isYes(text), isNo(text)]).toEqual([false, false]),
  );
});
