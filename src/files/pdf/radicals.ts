/** Characters that PDF programs give back in another code than they were typed in. */

/**
 * CJK Radicals Supplement to the ideographs that they look like (Unicode's EquivalentUnifiedIdeograph.txt). A font
 * draws both with one glyph, and the program that printed the file noted the wrong one.
 */
const RADICALS: Record<string, string> = Object.fromEntries(
  (
    '⺁厂⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺋卩⺌小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺳网' +
    '⺶羊⺷羊⺸羊⺹耂⺺聿⺻肀⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟'
  )
    .match(/../gu)
    ?.map((pair) => [...pair] as [string, string]) ?? [],
);

/** Kangxi radicals and compatibility ideographs are the same sign by Unicode's own tables (NFKC), ligatures as well. */
const TO_NORMALIZE = /[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06]/g;

export const typedText = (text: string): string =>
  text
    .replace(TO_NORMALIZE, (char) => char.normalize('NFKC'))
    .replace(/[\u2e80-\u2eff]/g, (char) => RADICALS[char] ?? char)
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '');
