/** "这条应该是水利局", "不是住建局,是城管": said of the row shown last, it is a correction and no new question. */
import { parseRuling } from '../nlu/ruling.js';
import { isQuestion } from '../requests/move-words.js';
import type { Reader } from './reading.js';

/** Above what is left when the words of a correction are taken away (readings/index.ts), below a request that is open. */
const SURE = 0.96;
const MAX_LENGTH = 40;
/** What may stand beside the unit; anything more is a matter of its own. */
const FRAME =
  /答?错了|不对|不准|搞|弄|写|纠正|更正|一下|这[条项个件]|该项|此项|主体责任|主责|牵头|责任|负责|单位|部门|应该|应当|应|明明|其实|现在|已经|早就|早|都|的|归|由|属于?|划给|划到|改成|改为|改由|换成|不是|而是|是|才对|才是|管|事|活|职责|吧|了|啊|呀|嘛|你|[,\uff0c。.!\uff01、\s]/g;
const REST_MAX = 2;
/** That it is another's, not merely its name: "水利局" alone asks for its part. */
const SAYS_OTHER = /应|才对|才是|改[成为由]|换成|划[给到]|不是|明明|错|不对|早就|现在/;
/** 我问农业农村局, 问的是水利局: what that unit does is asked for. */
const ASKS_OF_IT = /(?:我|俺|咱)们?(?:是|想|要)*问(?!过|了|到|题)|问的是/;

export const unitCorrectionReader: Reader = {
  name: 'unit-correction',
  isOfWhole: true,
  read({ text, match, session }, deps) {
    if (match.via !== 'example' || !session?.focus || session.flow || text.length > MAX_LENGTH) return [];
    if (isQuestion(text) || ASKS_OF_IT.test(text) || !SAYS_OTHER.test(text)) return [];
    const { mentions } = deps.knowledge().directory;
    const named = mentions(text);
    if (named.length === 0 || parseRuling(text, mentions).lead === '') return [];
    const rest = named.reduce((left, { alias }) => left.replaceAll(alias, ''), text).replace(FRAME, '');
    if (rest.length > REST_MAX) return [];
    return [
      { intent: 'correct_answer', text, raw: text, probability: SURE, why: 'another unit for the row shown' },
    ];
  },
};
