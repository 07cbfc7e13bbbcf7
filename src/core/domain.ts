/** The words of the lists and the organizations (src/README.md: The words). */
import type { Guide } from './guide.js';
import type { ListKind } from './list-kinds.js';

/** 清单类型. duty 职责任务 · territorial 属地管理 · basic/cooperative/reclaimed 三张清单 · delegated 赋权执法 · service 办事指南. */

/** Where a list holds: the whole county, one class of townships, or one township. */
export type Scope = { county: string; townshipClass?: string; township?: string };

/** One published document (清单) as its manifest describes it. */
export type List = {
  /** Short ASCII id, at most 24 characters: it travels in buttons. */
  id: string;
  title: string;
  kind: ListKind;
  issuer: string;
  /** 文号. */
  documentNumber: string;
  /** 版次, as printed. */
  editionLabel: string;
  /** 生效日期, YYYY-MM-DD. */
  effective: string;
  scope: Scope;
  /** 批次, where a list is published in batches. */
  batch?: string;
};

export type Responsibility = { unit: string; duty: string };

/** `edition/list/number`: names one row of one edition for ever. */
export type RowRef = string;

/** One numbered row (事项) of a list. */
export type Row = {
  listId: string;
  /** As printed. */
  number: string;
  /** 领域 or 类别. */
  domain: string;
  /** 事项名称. */
  matter: string;
  /** 主体责任. Empty in a duty list means the township itself. */
  lead: Responsibility[];
  /** 配合责任. */
  support: Responsibility[];
  basis: string[];
  /** Of a service guide: how the matter is applied for. */
  guide?: Guide;
  /** 问法: everyday phrasings, indexed beside the row. */
  askedAs: string[];
  /** 生成的问法: the same, written by a language model and accepted with an edition; the office's own words stand before them. */
  generated?: string[];
  /** Physical line in the file it was read from, 1-based. */
  line: number;
};

/** Names a row within an edition, `list/number`: what phrasings, ties of units and questions are kept under. */
export const rowKey = ({ listId, number }: Pick<Row, 'listId' | 'number'>): string => `${listId}/${number}`;

/** Expected figures of an edition under the shipped calibration, shares from 0 to 1. */
export type Expected = { answered: number; right: number; falseRate: number };

/** 别名: another name of a unit. */
export type Alias = { unit: string; alias: string };

/** Which standard matters of the bank (lists/bank.ts) the rows are nearest to. */
export type BankMatches = {
  /** Names the bank: matches with another are found out anew. */
  key: string;
  /** By `rowKey`; best first. */
  rows: Record<string, { id: string; similarity: number }[]>;
};

/** 版次: an immutable published state of all lists. */
export type Edition = {
  /** First 8 hex digits of the content hash. */
  id: string;
  lists: List[];
  rows: Row[];
  /** Accepted from what people call units; added to those of the directory. */
  aliases?: Alias[];
  /** In ms since the epoch. */
  publishedAt: number;
  expected: Expected | null;
  /** Editions of older versions, and those made without an encoder, have none. */
  matches?: BankMatches;
};

export type OrganizationKind = 'department' | 'township' | 'office' | 'institution' | 'team';

/** 单位. Offices, institutions and teams have a township or department as parent. */
export type Organization = {
  name: string;
  kind: OrganizationKind;
  aliases: string[];
  parent?: string;
  /** 乡镇类别, for townships. */
  townshipClass?: string;
  telephone?: string;
  /** 值班电话. */
  dutyDesk?: string;
};

/** 岗位: belongs to an office and carries rows ("list/number"). */
export type Post = { organization: string; office: string; name: string; carries: ReadonlySet<string> };

export type Role =
  | 'township-cadre'
  | 'township-leader'
  | 'department-officer'
  | 'department-head'
  | 'list-office'
  | 'deadline-office'
  | 'administrator'
  | 'county-leader';

/** One shift of the duty roster (值班表). */
export type Shift = {
  unit: string;
  name: string;
  telephone?: string;
  /** ms; the end is not in it. */
  from: number;
  until: number;
};

/** 编制 of one unit and category in a year: how many were granted, are there, and may be taken on. */
export type Staffing = {
  unit: string;
  category: string;
  approved: number;
  actual: number;
  /** 用编计划; null where the table says nothing. */
  planned: number | null;
  year: number;
  /** The day of the figures. */
  asOf: string;
  /** The document that granted them. */
  source: string;
};

/** 村(社区): who answers for it is written to, and acts for nobody. */
export type Village = {
  name: string;
  township: string;
  /** 联系人. */
  contact: string;
  accounts: string[];
  telephone?: string;
};

/** 人员. One person may hold several posts. */
export type Person = {
  name: string;
  /** The department or township the person works for. */
  organization: string;
  office?: string;
  posts: string[];
  roles: Role[];
  /** Bound platform accounts, `platform:id`. */
  accounts: string[];
  /** 代理人: who of the same unit stands in, by name. */
  deputy?: string;
  /** On leave today: the deputy acts, with the person's roles, and is written to instead. */
  isAway?: boolean;
  telephone?: string;
  email?: string;
};
