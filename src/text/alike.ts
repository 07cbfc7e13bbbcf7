/** Characters that people write for each other: 台帐 is 台账, 作表 is 做表. */
const ALIKE: Readonly<Record<string, string>> = { 帐: '账', 作: '做', 象: '像', 坐: '座' };

/** For comparing only; as long as it was. */
export const alike = (text: string): string => text.replace(/[帐作象坐]/g, (found) => ALIKE[found] ?? found);
