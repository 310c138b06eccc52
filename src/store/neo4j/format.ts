/**
 * How the graph is laid out in Neo4j, apart from what follows from the ontology. A change of it needs a new number, unless
 * programs that do not know of it do no harm. 2: commits are findable by what they changed. 3: the log is chained, and what
 * its entries changed lies in parts.
 */
export const format = 3;
