using System.Collections.Immutable;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>One layer of a network's graph.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The values that it reads: 0 are the pixels, i + 1 is what node i computes.</param>
/// <param name="Input">Shape of the first of them.</param>
/// <param name="Output">Shape of what it computes.</param>
public sealed record NetworkNode(LayerDefinition Layer, ImmutableArray<int> Inputs, ImageShape Input, ImageShape Output);
