import { isTimeZone } from '../../../kernel/dates.ts';

/** What people call zones whose official name is another city's. */
const cities: Readonly<Record<string, string>> = {
  beijing: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  guangzhou: 'Asia/Shanghai',
  china: 'Asia/Shanghai',
  北京: 'Asia/Shanghai',
  上海: 'Asia/Shanghai',
  深圳: 'Asia/Shanghai',
  广州: 'Asia/Shanghai',
  中国: 'Asia/Shanghai',
  香港: 'Asia/Hong_Kong',
  台北: 'Asia/Taipei',
  东京: 'Asia/Tokyo',
  新加坡: 'Asia/Singapore',
  伦敦: 'Europe/London',
  柏林: 'Europe/Berlin',
  纽约: 'America/New_York',
  mumbai: 'Asia/Kolkata',
  munich: 'Europe/Berlin',
  frankfurt: 'Europe/Berlin',
  'san francisco': 'America/Los_Angeles',
  boston: 'America/New_York',
};

/** Zones meant by an IANA name in any case, a city or a part of one; at most five. Abbreviations (`CST`) mean too many. */
export function findTimeZones(text: string): string[] {
  const said = text.normalize('NFKC').trim().toLowerCase().replaceAll('_', ' ');
  if (said === '') return [];
  const known = cities[said];
  if (known) return [known];
  if (said === 'utc' || said === 'gmt') return ['UTC'];
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({
    zone,
    name: zone.toLowerCase().replaceAll('_', ' '),
  }));
  const equal = zones.find(({ name }) => name === said);
  if (equal) return [equal.zone];
  const ofCity = zones.filter(({ name }) => name.slice(name.lastIndexOf('/') + 1) === said);
  if (ofCity.length > 0) return ofCity.map(({ zone }) => zone);
  if (text.includes('/') && isTimeZone(text.trim())) return [text.trim()];
  return said.length < 3
    ? []
    : zones
        .filter(({ name }) => name.includes(said))
        .slice(0, 5)
        .map(({ zone }) => zone);
}
