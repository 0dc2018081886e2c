using AdvFit.Messages;

namespace AdvFit.Learning.Data;

/// <summary>How far the preparation of photographs is.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Done">Photographs that are decoded and resized.</param>
/// <param name="Total">Photographs in all.</param>
public sealed record PreparationProgress(string Dataset, int Done, int Total);

/// <summary>How a data set is wanted.</summary>
public sealed record DatasetRequest
{
    /// <summary>A data set as it was published.</summary>
    public static DatasetRequest Published { get; } = new();

    /// <summary>What becomes of photographs; null for data sets whose images are of one size.</summary>
    public PreprocessSpec? Preprocess { get; init; }

    /// <summary>Images of the test split, taken from the pool of both splits; null for the published sizes.</summary>
    public int? TestSize { get; init; }

    /// <summary>
    /// Whether photographs that cannot be read are left out, which the provenance then notes; otherwise they are an error.
    /// </summary>
    public bool SkipBroken { get; init; }

    /// <summary>Told while photographs are being prepared; may be null.</summary>
    public IProgress<PreparationProgress>? Progress { get; init; }

    /// <summary>Folder of prepared photographs.</summary>
    internal string Cache { get; init; } = "";

    /// <summary>What a spec wants.</summary>
    public static DatasetRequest Of(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new DatasetRequest { Preprocess = spec.Preprocess, TestSize = spec.TestSize };
    }
}
