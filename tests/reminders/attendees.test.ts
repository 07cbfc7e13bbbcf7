/** Who is to come, where the notice says so behind what it is about. */
import { expect, it } from 'vitest';
import { loadDirectory } from '../../src/organizations/load.js';
import { attendeesFirst } from '../../src/reminders/attendees.js';

const directory = loadDirectory('knowledge/organizations');
const first = (text: string) => {
  const by = directory.personNamed('袁乙');
  return by && attendeesFirst(text, by, directory);
};

it.each([
  ['三楼会议室 防火部署会 参加人傅乙、沈乙', '傅乙、沈乙 三楼会议室 防火部署会'],
  ['防火部署会,参会人员:傅乙、沈乙,带笔记本', '傅乙、沈乙 防火部署会,带笔记本'],
  ['乡政府大会议室,林长制推进会,傅乙、沈乙参加', '傅乙、沈乙 乡政府大会议室,林长制推进会'],
  ['二楼开调度会 傅乙 沈乙参加', '傅乙、沈乙 二楼开调度会'],
  ['三楼 部署会 参加人:傅乙 沈乙', '傅乙、沈乙 三楼 部署会'],
  ['开调度会,请经济发展办公室参加', '经济发展办公室 开调度会'],
])('“%s” calls those who come', (text, called) => expect(first(text)).toBe(called));

it.each(['开安全生产会,请各单位分管同志参加', '明天开会', '参加比赛的事再议', '傅乙说他参加过了'])(
  '“%s” calls nobody',
  (text) => expect(first(text)).toBeNull(),
);
