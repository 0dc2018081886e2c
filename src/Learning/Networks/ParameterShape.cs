namespace AdvFit.Learning.Networks;

/// <summary>Name and shape of one parameter or buffer, as PyTorch's <c>state_dict</c> has them.</summary>
/// <param name="Name">Such as <c>conv1.weight</c>.</param>
/// <param name="Shape">[outputs, inputs, rows, columns] of a convolution, [outputs, inputs] of a linear layer, [outputs] of a bias.</param>
/// <param name="Initial">How its values are drawn before training.</param>
/// <param name="Role">What training does with it.</param>
public sealed record ParameterShape(
    string Name, int[] Shape, Initialization Initial, ParameterRole Role = ParameterRole.Trained)
{
    /// <summary>Number of values.</summary>
    public int Length => checked((int)LongLength);

    /// <summary>Number of values, even of a shape that no memory holds.</summary>
    public long LongLength => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Whether the optimiser changes it.</summary>
    public bool IsTrained => Role == ParameterRole.Trained;
}

/// <summary>What training does with a parameter.</summary>
public enum ParameterRole
{
    /// <summary>The optimiser follows its gradient.</summary>
    Trained,

    /// <summary>A running statistic of the values, which the forward pass of a training step updates.</summary>
    Statistic,

    /// <summary>A count of training steps, a whole number below 2^24; a 64-bit integer in files.</summary>
    Counter,
}
