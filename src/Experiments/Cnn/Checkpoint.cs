using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;

namespace AdvFit.Experiments.Cnn;

/// <summary>Weights and optimiser state as safetensors, with PyTorch's names, shapes and order.</summary>
internal static class Checkpoint
{
    private const string FirstMoment = "exp_avg.";
    private const string SecondMoment = "exp_avg_sq.";
    private const string Step = "step";

    /// <summary>The weights: <c>load_state_dict</c> takes them as they are.</summary>
    public static byte[] Weights(Parameters weights) => SafeTensors.Write([.. Tensors(weights, "")]);

    /// <summary>Adam's state, by PyTorch's names for it: step, exp_avg and exp_avg_sq.</summary>
    public static byte[] Optimizer(AdamOptimizer optimizer) => SafeTensors.Write(
    [
        new Int64Tensor(Step, [], [optimizer.Steps]),
        .. Tensors(optimizer.FirstMoment, FirstMoment),
        .. Tensors(optimizer.SecondMoment, SecondMoment),
    ]);

    /// <exception cref="InvalidDataException">The file is not a checkpoint of this network.</exception>
    public static void LoadWeights(byte[] file, string name, Parameters weights) =>
        Load(SafeTensors.Read(file, name), name, "", weights);

    /// <exception cref="InvalidDataException">The file is not an optimiser state for this network.</exception>
    public static void LoadOptimizer(byte[] file, string name, AdamOptimizer optimizer)
    {
        var tensors = SafeTensors.Read(file, name);
        optimizer.Steps = tensors.OfType<Int64Tensor>().FirstOrDefault(tensor => tensor.Name == Step)?.Values[0]
            ?? throw new InvalidDataException($"{name} has no tensor '{Step}'.");
        Load(tensors, name, FirstMoment, optimizer.FirstMoment);
        Load(tensors, name, SecondMoment, optimizer.SecondMoment);
    }

    private static IEnumerable<NamedTensor> Tensors(Parameters parameters, string prefix) =>
        parameters.Network.Parameters.Select(parameter =>
            new Float32Tensor(prefix + parameter.Name, parameter.Shape, parameters[parameter].ToArray()));

    private static void Load(IReadOnlyList<NamedTensor> tensors, string file, string prefix, Parameters target)
    {
        foreach (var parameter in target.Network.Parameters)
        {
            var name = prefix + parameter.Name;
            if (tensors.FirstOrDefault(tensor => tensor.Name == name) is not Float32Tensor found
                || !found.Shape.AsSpan().SequenceEqual(parameter.Shape))
            {
                throw new InvalidDataException(
                    $"{file} has no float32 tensor '{name}' of shape [{string.Join(", ", parameter.Shape)}].");
            }

            found.Values.CopyTo(target[parameter]);
        }
    }
}
