using System.Collections.Immutable;
using System.Text.Json;

namespace AdvFit.Reporting;

/// <summary>What the web app shows of one or more sweeps.</summary>
/// <param name="Version">AdvFit's version that made the report.</param>
/// <param name="Commit">The source commit of that version.</param>
/// <param name="Sweeps">In the order asked for.</param>
public sealed record Report(string Version, string Commit, ImmutableArray<SweepReport> Sweeps);

/// <summary>One sweep, as far as it is done.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="State"><c>completed</c>, <c>running</c>, ..</param>
/// <param name="Results">The very document that <c>advfit results --json</c> prints.</param>
/// <param name="Provenance">When and with what it was made.</param>
/// <param name="Attacks">Where each attack and its parameters come from, in the spec's order.</param>
/// <param name="Norms">Distributions of L2 norms, one per attack whose files are there.</param>
/// <param name="Sensitivity">The tests as they would have been with fewer shuffles.</param>
/// <param name="Gallery">Some images; null where there are none.</param>
/// <param name="GalleryReason">Why there is no gallery, in a sentence; else null.</param>
/// <param name="Warnings">What a reader must know of the files behind the report, in sentences.</param>
public sealed record SweepReport(
    string Id,
    string State,
    JsonElement Results,
    ReportProvenance Provenance,
    ImmutableArray<AttackSource> Attacks,
    ImmutableArray<NormDistribution> Norms,
    ImmutableArray<SensitivityPoint> Sensitivity,
    Gallery? Gallery,
    string? GalleryReason,
    ImmutableArray<string> Warnings);

/// <summary>When and with what a sweep was made. Names no host and no folder: reports are sent to others.</summary>
/// <param name="Interruptions">Sessions that ended before the sweep did.</param>
/// <param name="Attempts">Attempts at each shuffle, by number.</param>
/// <param name="Files">Files that the journal names; null where they were not counted.</param>
/// <param name="Bytes">Their size altogether; null as before.</param>
public sealed record ReportProvenance(
    DateTimeOffset Created, DateTimeOffset Updated, int Interruptions, ImmutableArray<ProvenanceSession> Sessions,
    ImmutableArray<ProvenanceStage> Stages, ImmutableArray<int> Attempts, int? Files, long? Bytes);

/// <summary>One process's work on the sweep.</summary>
/// <param name="Ending"><c>finished</c>, <c>stopped</c>, <c>lost</c> or <c>running</c>.</param>
public sealed record ProvenanceSession(
    DateTimeOffset Began, DateTimeOffset LastActive, string Ending, string Version, string Commit, string System,
    string Processor, int Slots);

/// <summary>What a stage took over all shuffles and attempts, in seconds.</summary>
public sealed record ProvenanceStage(string Stage, int Count, double WallSeconds, double CpuSeconds);

/// <summary>Where an attack and its parameters come from.</summary>
/// <param name="Label">The attack's label in the results.</param>
/// <param name="Title">The attack's name for people.</param>
/// <param name="Source">The publication that introduced it.</param>
/// <param name="ProfileSource">Where the profile's values were published; null for a profile no longer known.</param>
public sealed record AttackSource(
    string Label, string Title, string Source, string? ProfileSource, ImmutableArray<ParameterSource> Parameters);

/// <summary>One parameter of an attack.</summary>
/// <param name="Meaning">What it is, with its unit.</param>
/// <param name="ProfileValue">The profile's value, where the spec set another; else null.</param>
public sealed record ParameterSource(string Name, double Value, string Meaning, double? ProfileValue);

/// <summary>How the L2 norms of an attack's successes are distributed over all completed shuffles.</summary>
/// <param name="Attack">The attack's label.</param>
/// <param name="Samples">Successful perturbations.</param>
/// <param name="BinWidth">Width of a bin; the first begins at 0. The same for every attack of the sweep.</param>
/// <param name="Counts">Successes in each bin.</param>
/// <param name="Beyond">Successes beyond the last bin.</param>
/// <param name="Quantiles">Quantiles at the shares 0, 0.01, .. 1 (type 7 of Hyndman and Fan 1996).</param>
public sealed record NormDistribution(
    string Attack, int Samples, double BinWidth, ImmutableArray<int> Counts, int Beyond, ImmutableArray<double> Quantiles);

/// <summary>The tests over the first so many completed shuffles.</summary>
/// <param name="Shuffles">How many.</param>
/// <param name="Comparisons">As many and in the same order as in the results.</param>
public sealed record SensitivityPoint(int Shuffles, ImmutableArray<SensitivityTest> Comparisons);

/// <summary>A test's p-values; null where there is none.</summary>
/// <param name="Welch">Welch's, not corrected.</param>
/// <param name="WelchHolm">The same after Holm's correction.</param>
public sealed record SensitivityTest(double? Welch, double? WelchHolm);

/// <summary>Images of one shuffle, attacked.</summary>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="ReferenceLevel">M, whose network was attacked.</param>
/// <param name="Width">Width of an image in pixels.</param>
/// <param name="Height">Height of an image in pixels.</param>
public sealed record Gallery(
    int Shuffle, int ReferenceLevel, int Width, int Height, ImmutableArray<GalleryItem> Items);

/// <summary>One original and what the attacks made of it.</summary>
/// <param name="Index">Its index in the pooled data set.</param>
/// <param name="Label">Its true class, which the network predicts.</param>
/// <param name="Original">The image, as a data URI.</param>
/// <param name="Adversarial">One per attack that fooled the network with it, in the spec's order.</param>
public sealed record GalleryItem(int Index, string Label, string Original, ImmutableArray<GalleryExample> Adversarial);

/// <summary>One adversarial example.</summary>
/// <param name="Attack">The attack's label.</param>
/// <param name="Predicted">The class that the network predicts.</param>
/// <param name="L2">Euclidean norm of the perturbation, pixels in [0, 1].</param>
/// <param name="Linf">Largest absolute pixel change.</param>
/// <param name="Image">The image, as a data URI, rounded to 8 bits.</param>
/// <param name="Difference">The magnified difference about middle grey, as a data URI.</param>
/// <param name="Magnification">How many times it is magnified.</param>
public sealed record GalleryExample(
    string Attack, string Predicted, double L2, double Linf, string Image, string Difference, int Magnification);
