export * from './known-images';
export * from './official-image';
