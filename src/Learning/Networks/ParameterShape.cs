namespace AdvFit.Learning.Networks;

/// <summary>Name and shape of one parameter, as PyTorch's <c>state_dict</c> has them.</summary>
/// <param name="Name">Such as <c>conv1.weight</c>.</param>
/// <param name="Shape">[outputs, inputs, rows, columns] of a convolution, [outputs, inputs] of a linear layer, [outputs] of a bias.</param>
/// <param name="FanIn">Inputs of one output; the scale of the initialisation.</param>
public sealed record ParameterShape(string Name, int[] Shape, int FanIn)
{
    /// <summary>Number of values.</summary>
    public int Length => checked((int)LongLength);

    /// <summary>Number of values, even of a shape that no memory holds.</summary>
    public long LongLength => Shape.Aggregate(1L, (product, size) => product * size);
}
