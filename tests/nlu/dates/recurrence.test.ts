import { describe, expect, it } from 'vitest';
import { recurrenceWords } from '../../../src/nlu/dates/words.js';
import { at, brief, read } from '../../helpers/dates.js';

/** A Thursday morning. */
const NOW = '2026-03-12 10:00';
const first = (text: string) => brief(read(text, NOW));

/** The whole of a rule: its RRULE and what that cannot say, in words. */
function words(text: string): string {
  const reading = read(text, NOW);
  return reading?.kind === 'recurrence' ? recurrenceWords(reading.rule, at(NOW)) : brief(reading);
}

describe('what a rule leaves out', () => {
  it.each([
    ['每天早上8点巡查,周末不用', 'FREQ=DAILY 2026-03-13 08:00'],
    ['除了周五每天下午四点交表', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,SA,SU 2026-03-12 16:00'],
    ['每天下午四点交表,周三和周五除外', 'FREQ=WEEKLY;BYDAY=MO,TU,TH,SA,SU 2026-03-12 16:00'],
    ['每周一三五上午报数,周五就不用了', 'FREQ=WEEKLY;BYDAY=MO,WE 2026-03-16 09:00'],
    [
      '每月10日报数据,12月不用',
      'FREQ=MONTHLY;BYMONTHDAY=10;BYMONTH=1,2,3,4,5,6,7,8,9,10,11 2026-04-10 09:00',
    ],
    ['每周五下午交表,周五不用打卡', 'FREQ=WEEKLY;BYDAY=FR 2026-03-13 15:00'],
  ])('of “%s”: %s', (text, rule) => expect(first(text)).toBe(rule));

  it('and says so', () => {
    expect(words('每天早上8点巡查,周末不用')).toContain('节假日和休息日除外');
    expect(words('每月10日报数据,12月不用')).toContain('每年1月至11月的每月10日');
    expect(first('每个工作日早上8点巡查,周五不用')).toBe('? impossible');
  });
});

describe('dates that a rule leaves out', () => {
  it.each([
    ['每周五下午3点提醒我开研判会,清明那天不开', '4月5日'],
    ['每天下午4点报数,3月20号那天不用报', '3月20日'],
    ['每周三上午九点提醒我看泵站,下周三不用', '3月18日'],
    ['每天早上8点巡河,劳动节当天不巡', '5月1日'],
    ['除了3月20号那天每天下午四点提醒我交表', '3月20日'],
    ['每天下午四点提醒我交表,3月20号除外', '3月20日'],
  ])('“%s” without %s', (text, day) => {
    const said = words(text);
    expect(said).toContain(`${day}(`);
    expect(said).toContain('除外');
  });

  it('of other doings says nothing', () => {
    expect(words('每周五下午3点提醒我交表,下周五不用打卡')).not.toContain('除外');
    expect(words('每周五下午3点提醒我交表,别让我忘了')).not.toContain('除外');
  });
});

describe('days that come again', () => {
  it.each([
    ['每个季度头一个月5号上午9点', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5 2026-04-05 09:00'],
    ['每季度中间那个月10号上午9点', 'FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=10 2026-05-10 09:00'],
    ['每个季度最后那个月20号上午9点', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20 2026-03-20 09:00'],
    ['每季度第二个月10号上午9点', 'FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=10 2026-05-10 09:00'],
    ['每月头一个周一上午9点', 'FREQ=MONTHLY;BYDAY=1MO 2026-04-06 09:00'],
    ['每天早上8点', 'FREQ=DAILY 2026-03-13 08:00'],
    ['天天下午五点提醒我', 'FREQ=DAILY 2026-03-12 17:00'],
    ['每晚8点', 'FREQ=DAILY 2026-03-12 20:00'],
    ['每隔一天提醒', 'FREQ=DAILY;INTERVAL=2 2026-03-13 09:00'],
    ['每三天提醒', 'FREQ=DAILY;INTERVAL=3 2026-03-13 09:00'],
    ['每两小时报一次', 'FREQ=HOURLY;INTERVAL=2 2026-03-12 12:00'],
    ['每半小时报一次', 'FREQ=MINUTELY;INTERVAL=30 2026-03-12 10:30'],
    ['每周一三五上午', 'FREQ=WEEKLY;BYDAY=MO,WE,FR 2026-03-13 09:00'],
    ['每周二、周四下午', 'FREQ=WEEKLY;BYDAY=TU,TH 2026-03-12 15:00'],
    ['每周一至周五', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 2026-03-13 09:00'],
    ['逢周四下午', 'FREQ=WEEKLY;BYDAY=TH 2026-03-12 15:00'],
    ['每两周周五', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 2026-03-13 09:00'],
    ['隔周周二', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU 2026-03-17 09:00'],
    ['双周周三', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE 2026-03-18 09:00'],
    ['每周末提醒', 'FREQ=WEEKLY;BYDAY=SA,SU 2026-03-14 09:00'],
    ['每月25日提醒', 'FREQ=MONTHLY;BYMONTHDAY=25 2026-03-25 09:00'],
    ['每月25日前报送', 'FREQ=MONTHLY;BYMONTHDAY=25 2026-03-25 18:00'],
    ['每月1日、16日', 'FREQ=MONTHLY;BYMONTHDAY=1,16 2026-03-16 09:00'],
    ['月底前(每月)', 'FREQ=MONTHLY;BYMONTHDAY=-1 2026-03-31 18:00'],
    ['每月提醒大家25号前交', 'FREQ=MONTHLY;BYMONTHDAY=25 2026-03-25 18:00'],
    ['每月第二个周二', 'FREQ=MONTHLY;BYDAY=2TU 2026-04-14 09:00'],
    ['每两个月1号', 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1 2026-04-01 09:00'],
    ['每季度末', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1 2026-03-31 09:00'],
    ['每季度首月10日前', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10 2026-04-10 18:00'],
    ['每半年提醒一次', 'FREQ=MONTHLY;INTERVAL=6 2026-09-12 09:00'],
    ['每年12月4日', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=4 2026-12-04 09:00'],
    ['每年6月底和12月底', 'FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1 2026-06-30 09:00'],
    ['每年年底', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31 2026-12-31 09:00'],
    ['6月至9月每周一', 'FREQ=WEEKLY;BYDAY=MO;BYMONTH=6,7,8,9 2026-06-01 09:00'],
  ])('%s → %s', (text, expected) => {
    expect(first(text)).toBe(expected);
  });
});

describe('what bounds a rule', () => {
  it.each([
    ['每周五提醒,到年底为止', 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231 2026-03-13 09:00'],
    ['每周三上午10点提醒直到6月底', 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20260630 2026-03-18 10:00'],
    ['连续三周每周五下午', 'FREQ=WEEKLY;BYDAY=FR;COUNT=3 2026-03-13 15:00'],
    ['连续两周每周一三五提醒', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20260326 2026-03-13 09:00'],
    ['连续三天上午9点提醒我', 'FREQ=DAILY;COUNT=3 2026-03-13 09:00'],
    ['连续五个工作日每天上午提醒', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=5 2026-03-13 09:00'],
    ['每天提醒我,共5次', 'FREQ=DAILY;COUNT=5 2026-03-13 09:00'],
    ['从4月1日起每周一', 'FREQ=WEEKLY;BYDAY=MO 2026-04-06 09:00'],
    ['下周每天上午', 'FREQ=DAILY;UNTIL=20260322 2026-03-16 09:00'],
    ['国庆期间每天下午5点报送', 'FREQ=DAILY;UNTIL=20261007 2026-10-01 17:00'],
  ])('%s → %s', (text, expected) => {
    expect(first(text)).toBe(expected);
  });
});

describe('in words', () => {
  it.each([
    ['每月25日提醒各镇报表', '每月25日 09:00'],
    ['每个工作日下班前提醒我', '每个工作日 18:00'],
    ['每月最后一个工作日提醒', '每月最后一个工作日 09:00'],
    ['每月倒数第二个工作日', '每月倒数第2个工作日 09:00'],
    ['每季度最后一个工作日前', '每季度最后一个工作日 18:00'],
    ['每季度末月20日', '每季度最后一个月20日 09:00'],
    ['每年第一个工作日', '每年第1个工作日 09:00'],
    ['每年清明前', '每年清明节前最后一个工作日 18:00'],
    ['每年国庆后第一个工作日', '每年国庆节后第一个工作日 09:00'],
    ['每年中秋节前一天', '每年中秋节前1天 09:00'],
    ['每逢节假日前', '每个法定节假日前最后一个工作日 18:00'],
    ['每年腊月二十三', '每年农历腊月二十三 09:00'],
    ['每月农历初一', '每个农历月初一 09:00'],
    ['每月31日', '每月31日(没有这一天的月份为最后一天) 09:00'],
    ['每两周周五', '每两周的周五 09:00,从3月13日(周五)起'],
    ['每天8点和20点半', '每天 08:00、20:30'],
    ['每天早晚8点提醒', '每天 08:00、20:00'],
    ['每月25日提醒,遇节假日顺延', '每月25日 09:00,遇节假日顺延到下一个工作日'],
    ['每月25日提醒,遇节假日提前', '每月25日 09:00,遇节假日提前到上一个工作日'],
    ['每周五下午提醒,节假日除外', '每周五 15:00,节假日和休息日除外'],
    ['每月25日前三个工作日', '每月25日 09:00,提前3个工作日'],
    ['每周五提醒,到年底为止', '每周五 09:00,到2026年12月31日为止'],
    ['从4月1日起每周一', '每周一 09:00,从4月6日(周一)起'],
    ['连续三周每周五', '每周五 09:00,共3次'],
    ['6月至9月每天巡查', '每年6月至9月的每天 09:00'],
    ['每旬末报送', '每月10、20日、最后一天 09:00'],
    ['每小时提醒一次', '每小时'],
    ['每逢3、6日赶集', '每月3、6、13、16、23、26日 09:00'],
    ['周一至周五下班前提醒', '每周一至周五 18:00'],
    ['每年第一季度末', '每年3月最后一天 09:00'],
    ['每年7月至9月每天', '每年7月至9月的每天 09:00'],
    ['每三个月', '每3个月的12日 09:00,从3月12日(周四)起'],
    ['每年春节前一个月', '每年春节前30天 09:00'],
    ['每周一至周五早上8点半', '每周一至周五 08:30'],
  ])('%s → %s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });
});

describe('what is asked back', () => {
  it.each([
    ['每天7点提醒', '? ambiguous 2026-03-12 19:00 2026-03-13 07:00'],
    ['每天凌晨提醒', '? ambiguous'],
    ['每月最后三天提醒', '? ambiguous'],
    ['每天提醒我三次', '? ambiguous'],
    ['每周一上午和周五下午提醒', '? ambiguous'],
    ['每月32日', '? impossible'],
    ['每年2月30日', '? impossible'],
    ['每年1月5日和7月10日', '? impossible'],
    ['汛期每天提醒巡堤', '? ambiguous'],
    ['每周五提醒,到3月12日为止', '? past'],
  ])('%s → %s', (text, expected) => {
    expect(first(text)).toBe(expected);
  });
});

describe('what does not come again', () => {
  it.each([
    ['每天都有人反映噪音,明天下午三点提醒我', '2026-03-13 15:00'],
    ['明年年底提醒我', '2027-12-31 09:00'],
    ['每人每天补助50元', '-'],
    ['每年都发大水', '-'],
    ['今天天气不好', '-'],
  ])('%s → %s', (text, expected) => {
    const found = first(text);
    expect(expected === '-' && found.startsWith('?') ? '-' : found).toBe(expected);
  });

  it('is what a request is wanted by', () => {
    expect(brief(read('每天都堵,明天下午来人处理', NOW, 'deadline'))).toBe('2026-03-13 18:00');
    expect(read('每月25日', NOW, 'deadline')?.kind).not.toBe('recurrence');
  });
});
