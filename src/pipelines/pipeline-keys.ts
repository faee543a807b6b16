/** The keys that a pipeline's file may have. */

export const pipelineKeys = [
  'name',
  'environment',
  'meta',
  'config',
  'executor',
  'clients',
  'serializer',
  'unserializer',
  'on_finish',
  'on_render',
  'on_failure',
  'tasks',
] as const;

export const metaKeys = [
  'extract_upstream',
  'extract_product',
  'import_tasks_from',
  'product_default_class',
  'product_relative_to_source',
  'jupyter_hot_reload',
  'jupyter_functions_as_notebooks',
] as const;

/** Of a task, what every kind has. */
export const taskKeys = [
  'source',
  'name',
  'product',
  'params',
  'upstream',
  'grid',
  'client',
  'product_client',
  'on_finish',
  'on_render',
  'on_failure',
  'serializer',
  'unserializer',
] as const;

/** What goes to the runner of a task by its own name. */
export const optionKeys = [
  'class',
  'product_class',
  'kernelspec_name',
  'nbconvert_exporter_name',
  'nbconvert_export_kwargs',
  'nb_product_key',
  'papermill_params',
  'executor',
  'executor_params',
  'static_analysis',
  'check_if_kernel_installed',
  'local_execution',
  'debug_mode',
  'ext_in',
  'chunksize',
  'io_handler',
  'dump_kwargs',
  'split_source',
] as const;
