using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Cli.Models;

/// <summary>Loads networks trained elsewhere.</summary>
internal static class Victim
{
    private static readonly string[] NetworkFileEndings = [".yaml", ".yml"];

    private const int FewestClasses = 2, MostClasses = 256;

    /// <summary>Loads a network with its weights.</summary>
    /// <param name="network">A name of the catalog, or the path of a YAML file.</param>
    /// <param name="weightsPath">A safetensors file.</param>
    /// <param name="images">The images that it is to classify.</param>
    /// <exception cref="InputException">One of them is not there or does not fit the others.</exception>
    /// <exception cref="SpecException">The YAML file describes no network.</exception>
    public static Network Load(string network, string weightsPath, ImageArray images)
    {
        if (NetworkCatalog.Names.Contains(network))
        {
            var tensors = ReadWeights(weightsPath);
            return Load(OfCatalog(network, images, tensors, weightsPath), tensors, weightsPath);
        }

        if (!File.Exists(network) && !NetworkFileEndings.Contains(Path.GetExtension(network)))
        {
            throw new InputException(
                $"There is no network '{network}'; there is {string.Join(", ", NetworkCatalog.Names)}, or give the path of a YAML file.");
        }

        var definition = NetworkReader.Read(network);
        return definition.Input == images.Shape
            ? Load(definition, ReadWeights(weightsPath), weightsPath)
            : throw new InputException(
                $"{images.File} holds images of {images.Shape}, but {network} says that its input is {definition.Input}.");
    }

    private static Network Load(NetworkDefinition definition, IReadOnlyList<NamedTensor> tensors, string weightsPath)
    {
        var weights = new Parameters(definition);
        try
        {
            WeightsFile.Load(tensors, weightsPath, weights);
        }
        catch (InvalidDataException error)
        {
            throw new InputException(error.Message);
        }

        var loaded = new Network(definition);
        loaded.Load(weights);
        return loaded;
    }

    /// <summary>A network of the catalog for these images, with as many classes as the last bias has values.</summary>
    private static NetworkDefinition OfCatalog(
        string network, ImageArray images, IReadOnlyList<NamedTensor> tensors, string weightsPath)
    {
        try
        {
            var bias = NetworkCatalog.Create(network, images.Shape, FewestClasses).Parameters[^1].Name;
            var found = tensors.FirstOrDefault(tensor => tensor.Name == bias);
            return found is { Shape: [>= FewestClasses and <= MostClasses] }
                ? NetworkCatalog.Create(network, images.Shape, found.Shape[0])
                : throw new InputException(
                    $"{weightsPath} has no tensor '{bias}' of {FewestClasses} to {MostClasses} values, which {network} ends with; "
                    + $"it has {Names(tensors)}. A YAML file for --network can describe any other network.");
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{images.File} holds images of {images.Shape}, which {network} cannot take: {error.Message}");
        }
    }

    private static string Names(IReadOnlyList<NamedTensor> tensors) => tensors.Count == 0
        ? "none"
        : string.Join(", ", tensors.Select(tensor => $"'{tensor.Name}' [{string.Join(", ", tensor.Shape)}]"));

    private static IReadOnlyList<NamedTensor> ReadWeights(string path) =>
        InputFile.Read(path, (bytes, name) => SafeTensors.Read(bytes, name));
}
