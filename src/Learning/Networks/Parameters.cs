using AdvFit.Learning.Kernels;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Networks;

/// <summary>
/// One value for every weight and bias of a network, end to end in PyTorch's order: weights, gradients, or an optimiser's state; and its running statistics.
/// </summary>
public sealed class Parameters
{
    /// <summary>So that a kernel needs no remainder loop; the padding stays zero.</summary>
    private const int Granule = 16;

    private static readonly Purpose InitialWeights = new(3);

    private readonly Dictionary<string, int> _offsets = [];

    /// <summary>All zeros.</summary>
    public Parameters(NetworkDefinition network)
    {
        Network = network;
        TrainedLength = Place(network.Parameters.Where(parameter => parameter.IsTrained), 0);
        Count = network.ParameterCount;
        Buffer = new AlignedBuffer(Place(network.Parameters.Where(parameter => !parameter.IsTrained), TrainedLength));
    }

    public NetworkDefinition Network { get; }

    /// <summary>Number of values that are trained.</summary>
    public int Count { get; }

    /// <summary>All values that are trained.</summary>
    public Span<float> Values => Buffer.Span[..Count];

    /// <summary>Room of those, with the padding; statistics and counters lie behind.</summary>
    internal int TrainedLength { get; }

    internal AlignedBuffer Buffer { get; }

    /// <summary>The values of one parameter, in row-major order of its shape.</summary>
    public Span<float> this[ParameterShape parameter] => Buffer.Span.Slice(_offsets[parameter.Name], parameter.Length);

    internal unsafe float* PointerTo(ParameterShape parameter) => Buffer.Pointer + _offsets[parameter.Name];

    /// <summary>The weights before training, each parameter drawn as its shape says.</summary>
    public static Parameters Initialize(NetworkDefinition network, ulong seed, int shuffle)
    {
        var parameters = new Parameters(network);
        for (var number = 0; number < network.Parameters.Count; number++)
        {
            var shape = network.Parameters[number];
            shape.Initial.Fill(parameters[shape], new RandomStream(seed, shuffle, InitialWeights, number));
        }

        return parameters;
    }

    /// <summary>Whether no value is NaN or infinite.</summary>
    public bool AllFinite()
    {
        foreach (var value in Buffer.Span)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives some parameters their places from an offset on, and returns where the next granule begins.</summary>
    private int Place(IEnumerable<ParameterShape> parameters, int offset)
    {
        foreach (var parameter in parameters)
        {
            _offsets.Add(parameter.Name, offset);
            offset += parameter.Length;
        }

        return (offset + Granule - 1) / Granule * Granule;
    }
}
