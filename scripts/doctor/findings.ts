/** What the doctor finds: each with how bad it is and what to do about it. Pure. */

export type Severity = 'ok' | 'warning' | 'error';
export type Finding = {
  /** Stable, for programs: `feishu.scope.im:message`. */
  id: string;
  severity: Severity;
  what: string;
  /** Absent where all is well. */
  remedy?: string;
};

export const ok = (id: string, what: string): Finding => ({ id, severity: 'ok', what });
export const warning = (id: string, what: string, remedy: string): Finding => ({
  ...{ id, severity: 'warning' as const, what, remedy },
});
export const error = (id: string, what: string, remedy: string): Finding => ({
  ...{ id, severity: 'error' as const, what, remedy },
});

/** 0: all well; 1: it works, but; 2: something does not work. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

const MARKS: Record<Severity, string> = { ok: '正常', warning: '注意', error: '故障' };

export function toLines(findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ severity, what, remedy }) => [
    `[${MARKS[severity]}] ${what}`,
    ...(remedy ? [`       处理办法:${remedy}`] : []),
  ]);
  const count = (severity: Severity): number => findings.filter((it) => it.severity === severity).length;
  return [...lines, `共 ${findings.length} 项:故障 ${count('error')},注意 ${count('warning')}。`];
}
