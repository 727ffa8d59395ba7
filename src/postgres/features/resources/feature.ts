import { memoryParameters } from './memory';
import { RESOURCE_RULES } from './validation';
import type { HugePages } from './huge-pages';
import type { Feature } from '../../plan/feature';
import { PARAMETER_RANK } from '../../plan/rank';
import { reloaderResources, serverResources, withHugePages } from '../../plan/resources';
import type { Parameter } from '../../../postgresql';

/** CPU and memory, and the settings that follow from memory: `resources`, `hugePages` and the resources of `podTemplate`. */
export const resources: Feature = {
  name: 'resources',
  resolve: ({ resources: own, hugePages, storage, podTemplate: { initResources, reloaderResources: reloader } = {} }, { memoryLimitKib }) => {
    const server = serverResources(own, storage);
    const init = initResources ? serverResources(initResources, storage) : server;
    return {
      resources: { identity: init, init, postgres: withHugePages(server, hugePages), reloader: reloaderResources(reloader, own) },
      parameters: [
        ...memoryParameters(memoryLimitKib).map((parameter) => ({ parameter, rank: PARAMETER_RANK.MEMORY, isDefault: true })),
        ...hugePageParameters(hugePages).map((parameter) => ({ parameter, rank: PARAMETER_RANK.HUGE_PAGES, isDefault: true })),
      ],
      given: {
        resources: [['resources', own], ['podTemplate.reloaderResources', reloader]],
        initResources: [['podTemplate.initResources', initResources]],
      },
    };
  },
  rules: () => RESOURCE_RULES,
};

/** `try` dies of SIGBUS on nodes that have huge pages where the pod has no limit for them (docker-library/postgres issue 451). */
function hugePageParameters(hugePages: HugePages | undefined): Parameter[] {
  return hugePages ? [['huge_pages', 'on'], ['huge_page_size', hugePages.pageSize.replace('i', 'B')]] : [['huge_pages', 'off']];
}
