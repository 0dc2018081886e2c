using AdvFit.Learning.Formats;

namespace AdvFit.Learning.Networks;

/// <summary>
/// Weights as safetensors with PyTorch's names, shapes and order: what <c>load_state_dict</c> takes, and what
/// <c>safetensors.torch.save_file(model.state_dict(), path)</c> writes.
/// </summary>
/// <remarks>
/// Reading is as strict as <c>load_state_dict</c>: a tensor that the network has not is refused, for it belongs to a layer
/// that would be left out.
/// </remarks>
public static class WeightsFile
{
    private const int MostProblemsTold = 6;

    /// <summary>A whole file.</summary>
    public static byte[] Write(Parameters weights) => SafeTensors.Write([.. Tensors(weights)]);

    /// <summary>The parameters as tensors, in PyTorch's order.</summary>
    public static IEnumerable<NamedTensor> Tensors(Parameters parameters) => Tensors(parameters, parameters.Network.Parameters);

    /// <summary>Those that are trained, as an optimiser's state has them.</summary>
    public static IEnumerable<NamedTensor> TrainedTensors(Parameters parameters) => Tensors(parameters, Trained(parameters));

    /// <summary>Fills the parameters from a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="fileName">What errors call the file.</param>
    /// <exception cref="InvalidDataException">It is no safetensors file, or not one of this network's weights.</exception>
    public static void Load(ReadOnlySpan<byte> file, string fileName, Parameters weights) =>
        Load(SafeTensors.Read(file, fileName), fileName, weights);

    /// <summary>Fills the parameters from the tensors of a file.</summary>
    /// <exception cref="InvalidDataException">They are not this network's parameters; the message says how.</exception>
    public static void Load(IReadOnlyList<NamedTensor> tensors, string fileName, Parameters weights) =>
        Load(tensors, fileName, weights, weights.Network.Parameters);

    /// <summary>Fills those that are trained, and there are no others.</summary>
    /// <exception cref="InvalidDataException">They are not this network's parameters; the message says how.</exception>
    public static void LoadTrained(IReadOnlyList<NamedTensor> tensors, string fileName, Parameters weights) =>
        Load(tensors, fileName, weights, Trained(weights));

    private static ParameterShape[] Trained(Parameters parameters) =>
        [.. parameters.Network.Parameters.Where(parameter => parameter.IsTrained)];

    private static IEnumerable<NamedTensor> Tensors(Parameters parameters, IEnumerable<ParameterShape> which) => which.Select(
        parameter => parameter.Role == ParameterRole.Counter
            ? (NamedTensor)new Int64Tensor(parameter.Name, parameter.Shape, [(long)parameters[parameter][0]])
            : new Float32Tensor(parameter.Name, parameter.Shape, parameters[parameter].ToArray()));

    private static void Load(
        IReadOnlyList<NamedTensor> tensors, string fileName, Parameters weights, IReadOnlyList<ParameterShape> which)
    {
        var byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var problems = which
            .Select(parameter => Problem(parameter, byName.GetValueOrDefault(parameter.Name)))
            .OfType<string>()
            .Concat(Unknown(tensors, which))
            .ToList();
        if (problems.Count > 0)
        {
            var more = problems.Count > MostProblemsTold ? $"; and {problems.Count - MostProblemsTold} more" : "";
            throw new InvalidDataException(
                $"{fileName} does not fit the network {weights.Network.Name}: "
                + $"{string.Join("; ", problems.Take(MostProblemsTold))}{more}.");
        }

        foreach (var parameter in which)
        {
            switch (byName.GetValueOrDefault(parameter.Name))
            {
                case Float32Tensor tensor:
                    tensor.Values.CopyTo(weights[parameter]);
                    break;
                case Int64Tensor count:
                    weights[parameter][0] = count.Values[0];
                    break;
            }
        }
    }

    private static string? Problem(ParameterShape needed, NamedTensor? found) => found switch
    {
        // Files of early versions of PyTorch have none.
        null when needed.Role == ParameterRole.Counter => null,
        Int64Tensor { Shape: [] } when needed.Role == ParameterRole.Counter => null,
        null => $"it lacks '{needed.Name}', float32 {Text(needed.Shape)}",
        not Float32Tensor => $"'{needed.Name}' is not float32",
        _ when !found.Shape.AsSpan().SequenceEqual(needed.Shape) =>
            $"'{needed.Name}' is {Text(found.Shape)}, where {Text(needed.Shape)} is needed",
        Float32Tensor tensor when !Array.TrueForAll(tensor.Values, float.IsFinite) =>
            $"'{needed.Name}' holds a value that is not finite",
        _ => null,
    };

    private static IEnumerable<string> Unknown(IReadOnlyList<NamedTensor> tensors, IEnumerable<ParameterShape> which)
    {
        var known = which.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        return tensors.Where(tensor => !known.Contains(tensor.Name))
            .Select(tensor => $"it has '{tensor.Name}' {Text(tensor.Shape)}, which the network has not");
    }

    private static string Text(int[] shape) => $"[{string.Join(", ", shape)}]";
}
