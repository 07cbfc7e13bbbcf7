/** By what rows are counted: 按领域统计, 一共涉及几个配合单位. Pure. */
import type { Token } from './structured-words.js';

const GROUPS: Record<string, string> = {
  领域: 'domain',
  类别: 'domain',
  类: 'domain',
  清单: 'list',
  批: 'list',
  批次: 'list',
};
/** 一共涉及几个配合单位: which side is counted. */
export const byUnits = (tokens: Token[]): string | undefined => {
  const named = tokens.find(({ type }) => type === 'byUnits');
  return named && (/配合|协/.test(named.value) ? 'support' : 'lead');
};

export const groupOf = (tokens: Token[]): string | undefined => {
  const group = tokens.find(({ type }) => type === 'group');
  return (
    group && (GROUPS[group.value] ?? (tokens.some(({ type }) => type === 'support') ? 'support' : 'lead'))
  );
};
