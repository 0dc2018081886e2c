using System.Collections.Immutable;

namespace AdvFit.Learning.Attacks;

/// <summary>A named set of values for every parameter of an attack.</summary>
/// <param name="Name"><c>paper</c>, <c>reference</c>, <c>foolbox</c> or <c>art</c>.</param>
/// <param name="Source">Where the values were published.</param>
/// <param name="Parameters">Value of every parameter by its name; flags are 0 or 1.</param>
public sealed record AttackProfile(string Name, string Source, ImmutableSortedDictionary<string, double> Parameters);
