/** The release of MLflow whose API is offered: clients ask for it. */
export const mlflowVersion = '3.17.2';
