import type { ConnectionTarget } from './connection-target';
import { jdbcUrlWithoutLogin } from './pgjdbc';

/** Properties of Spring Boot. Source: Spring Boot, Common Application Properties, `spring.datasource`. */
export function springProperties(target: ConnectionTarget): Record<string, string> {
  return login('spring.datasource', 'username', target);
}

/** Properties of Hibernate, with the names of Jakarta Persistence. Source: Jakarta Persistence 3, `jakarta.persistence.jdbc`. */
export function hibernateProperties(target: ConnectionTarget): Record<string, string> {
  return login('jakarta.persistence.jdbc', 'user', target);
}

function login(prefix: string, userName: string, target: ConnectionTarget): Record<string, string> {
  return {
    [`${prefix}.url`]: jdbcUrlWithoutLogin(target),
    [`${prefix}.${userName}`]: target.user,
    ...(target.password === undefined ? {} : { [`${prefix}.password`]: target.password }),
  };
}
