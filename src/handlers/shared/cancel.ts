/** The words that end a dialogue, the same in each of them. Pure. */

const CANCEL = /^(取消|算了|不用了|不办了|退出|放弃)[。!\uff01]?$/;

export const isCancel = (text: string): boolean => CANCEL.test(text);
