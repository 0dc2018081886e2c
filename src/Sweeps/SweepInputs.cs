using AdvFit.Learning.Data;
using AdvFit.Learning.Networks;
using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps;

/// <summary>A spec and its data, read and found to fit each other.</summary>
public sealed record SweepInputs(SweepSpec Spec, Dataset Data)
{
    /// <summary>Reads a spec and the data that it names.</summary>
    /// <param name="path">The spec's file.</param>
    /// <param name="shuffles">Number of shuffles instead of the spec's; null keeps the spec's.</param>
    /// <param name="dataFolder">The value of <c>--data</c>; null where it is not given.</param>
    /// <param name="skipBroken">Whether photographs that cannot be read are left out.</param>
    /// <param name="progress">Called while photographs are being prepared; may be null.</param>
    /// <exception cref="SpecException">The spec is not sound, or asks for what the data do not allow.</exception>
    /// <exception cref="DatasetException">The data cannot be had.</exception>
    public static SweepInputs Load(
        string path, int? shuffles, string? dataFolder, bool skipBroken = false, IProgress<PreparationProgress>? progress = null)
    {
        var spec = new SpecReader(SpecVocabulary.Engine).Read(path);
        return Of(path, spec with { Shuffles = shuffles ?? spec.Shuffles }, DatasetFolders.Locate(dataFolder), skipBroken, progress);
    }

    /// <summary>A spec with the data that it names.</summary>
    /// <param name="path">What to call the spec in messages: its file, or the id of its sweep.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="folders">Where data sets lie.</param>
    /// <param name="skipBroken">Whether photographs that cannot be read are left out.</param>
    /// <param name="progress">Called while photographs are being prepared; may be null.</param>
    /// <exception cref="SpecException">The spec asks for what the data do not allow.</exception>
    /// <exception cref="DatasetException">The data cannot be had.</exception>
    public static SweepInputs Of(
        string path, SweepSpec spec, DatasetFolders folders, bool skipBroken = false, IProgress<PreparationProgress>? progress = null)
    {
        var data = DatasetLoader.Load(
            folders, spec.Dataset, DatasetRequest.Of(spec) with { SkipBroken = skipBroken, Progress = progress });
        RefuseTooLarge(path, "train", spec.Subsample?.Train, data.Train.Count, spec.Dataset);
        RefuseTooLarge(path, "test", spec.Subsample?.Test, data.Test.Count, spec.Dataset);
        RefuseTooManyNeighbours(path, spec, data);
        RefuseMisfit(path, spec, data);
        return new SweepInputs(spec, data);
    }

    private static void RefuseTooLarge(string path, string split, int? asked, int there, string dataset)
    {
        if (asked > there)
        {
            throw new SpecException(
                $"{path}: `subsample` asks for {asked} {split} images, but {dataset} has {there}; ask for at most that many.");
        }
    }

    private static void RefuseTooManyNeighbours(string path, SweepSpec spec, Dataset data)
    {
        var train = spec.Subsample?.Train ?? data.Train.Count;
        if (spec.Knn?.Z > train)
        {
            throw new SpecException(
                $"{path}: `neighbours` asks for {spec.Knn.Z} of each image, but there are {train} train images; give a smaller `z`.");
        }
    }

    private static void RefuseMisfit(string path, SweepSpec spec, Dataset data)
    {
        try
        {
            NetworkCatalog.Create(spec.Network, data.Shape, data.Classes.Count);
        }
        catch (ArgumentException error)
        {
            throw new SpecException(
                $"{path}: the network {spec.Network} cannot take the images of {spec.Dataset}, which are {data.Shape}: {error.Message}");
        }
    }
}
