using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training.Optimizers;

namespace AdvFit.Experiments;

/// <summary>An optimiser's state as safetensors, by PyTorch's names for it, such as step, exp_avg and exp_avg_sq.</summary>
internal static class OptimizerFile
{
    private const string Step = "step";

    /// <summary>A whole file.</summary>
    public static byte[] Write(Optimizer optimizer) => SafeTensors.Write(
    [
        new Int64Tensor(Step, [], [optimizer.Steps]),
        .. optimizer.State.SelectMany(state => WeightsFile.TrainedTensors(state.Values).Select(
            tensor => tensor with { Name = $"{state.Name}.{tensor.Name}" })),
    ]);

    /// <exception cref="InvalidDataException">The file is not the state of such an optimiser for this network.</exception>
    public static void Load(byte[] file, string name, Optimizer optimizer)
    {
        var tensors = SafeTensors.Read(file, name);
        optimizer.Steps = tensors.OfType<Int64Tensor>().FirstOrDefault(tensor => tensor.Name == Step)?.Values[0]
            ?? throw new InvalidDataException($"{name} has no tensor '{Step}'.");
        foreach (var (state, values) in optimizer.State)
        {
            var prefix = $"{state}.";
            WeightsFile.LoadTrained(
                [.. tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })],
                $"{name} ({prefix}*)", values);
        }
    }
}
