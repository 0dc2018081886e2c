using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;

namespace AdvFit.Experiments;

/// <summary>Adam's state as safetensors, by PyTorch's names for it: step, exp_avg and exp_avg_sq.</summary>
internal static class OptimizerFile
{
    private const string FirstMoment = "exp_avg.";
    private const string SecondMoment = "exp_avg_sq.";
    private const string Step = "step";

    /// <summary>A whole file.</summary>
    public static byte[] Write(AdamOptimizer optimizer) => SafeTensors.Write(
    [
        new Int64Tensor(Step, [], [optimizer.Steps]),
        .. Tensors(optimizer.FirstMoment, FirstMoment),
        .. Tensors(optimizer.SecondMoment, SecondMoment),
    ]);

    /// <exception cref="InvalidDataException">The file is not an optimiser state for this network.</exception>
    public static void Load(byte[] file, string name, AdamOptimizer optimizer)
    {
        var tensors = SafeTensors.Read(file, name);
        optimizer.Steps = tensors.OfType<Int64Tensor>().FirstOrDefault(tensor => tensor.Name == Step)?.Values[0]
            ?? throw new InvalidDataException($"{name} has no tensor '{Step}'.");
        Load(tensors, name, FirstMoment, optimizer.FirstMoment);
        Load(tensors, name, SecondMoment, optimizer.SecondMoment);
    }

    private static IEnumerable<NamedTensor> Tensors(Parameters moment, string prefix) =>
        WeightsFile.Tensors(moment).Select(tensor => tensor with { Name = prefix + tensor.Name });

    private static void Load(IReadOnlyList<NamedTensor> tensors, string file, string prefix, Parameters moment) =>
        WeightsFile.Load(
            [.. tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })],
            $"{file} ({prefix}*)", moment);
}
