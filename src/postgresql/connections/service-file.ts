import { type ConnectionSettings, connectionSettings } from './connection-settings';

/** The settings of a service in a pg_service.conf. Source: PostgreSQL, The Connection Service File. */
export function parseService(content: string, service: string): ConnectionSettings {
  const section = content.split(/^\s*\[/m).find((part) => part.includes(']') && part.split(']')[0]!.trim() === service) ?? '';
  return connectionSettings(section.split('\n').slice(1).map((line) => line.split('=')).map(([setting = '', ...rest]) => [setting.trim(), rest.join('=').trim()] as const));
}
