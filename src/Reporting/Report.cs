using System.Collections.Immutable;
using System.Text.Json;

namespace AdvFit.Reporting;

/// <summary>The data of a report on one or more sweeps, as the web app reads it.</summary>
/// <param name="Version">AdvFit's version that made the report.</param>
/// <param name="Commit">The source commit of that version.</param>
/// <param name="Sweeps">The sweeps in the order asked for.</param>
public sealed record Report(string Version, string Commit, ImmutableArray<SweepReport> Sweeps);

/// <summary>The report on one sweep, as far as it is done.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="State">Such as <c>completed</c> or <c>running</c>.</param>
/// <param name="Results">The document that <c>advfit results --json</c> prints.</param>
/// <param name="Provenance">When and with what version it was made.</param>
/// <param name="Attacks">Where each attack and its parameters come from, in the spec's order.</param>
/// <param name="Norms">Distributions of L2 norms, one per attack whose files are there.</param>
/// <param name="Sensitivity">The tests over fewer shuffles.</param>
/// <param name="Gallery">Images of one shuffle; null where there are none.</param>
/// <param name="GalleryReason">Why there is no gallery, in a sentence; null where there is one.</param>
/// <param name="Warnings">Sentences on files that are missing or damaged.</param>
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

/// <summary>When and with what version a sweep was made. It names no host and no folder, for reports are sent to others.</summary>
/// <param name="Interruptions">Sessions that ended before the sweep did.</param>
/// <param name="Attempts">Attempts at each shuffle, by number.</param>
/// <param name="Files">Number of files that the journal names; null where they were not counted.</param>
/// <param name="Bytes">Their total size in bytes; null where they were not counted.</param>
public sealed record ReportProvenance(
    DateTimeOffset Created, DateTimeOffset Updated, int Interruptions, ImmutableArray<ProvenanceSession> Sessions,
    ImmutableArray<ProvenanceStage> Stages, ImmutableArray<int> Attempts, int? Files, long? Bytes);

/// <summary>One process's work on the sweep.</summary>
/// <param name="Ending"><c>finished</c>, <c>stopped</c>, <c>lost</c> or <c>running</c>.</param>
public sealed record ProvenanceSession(
    DateTimeOffset Began, DateTimeOffset LastActive, string Ending, string Version, string Commit, string System,
    string Processor, int Slots);

/// <summary>The times of a stage in seconds, summed over all shuffles and attempts.</summary>
public sealed record ProvenanceStage(string Stage, int Count, double WallSeconds, double CpuSeconds);

/// <summary>Where an attack and its parameters come from.</summary>
/// <param name="Label">The attack's label in the results.</param>
/// <param name="Title">The attack's name for people.</param>
/// <param name="Source">The publication that introduced it.</param>
/// <param name="ProfileSource">Where the profile's values were published; null for a profile no longer known.</param>
public sealed record AttackSource(
    string Label, string Title, string Source, string? ProfileSource, ImmutableArray<ParameterSource> Parameters);

/// <summary>One parameter of an attack.</summary>
/// <param name="Meaning">Its meaning, with the unit.</param>
/// <param name="ProfileValue">The profile's value where the spec sets another one; else null.</param>
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

/// <summary>The tests over the first completed shuffles.</summary>
/// <param name="Shuffles">Number of shuffles.</param>
/// <param name="Comparisons">The tests, parallel to the comparisons of the results.</param>
public sealed record SensitivityPoint(int Shuffles, ImmutableArray<SensitivityTest> Comparisons);

/// <summary>The p-values of a test; null where they are not defined.</summary>
/// <param name="Welch">p of Welch's test.</param>
/// <param name="WelchHolm">p of Welch's test after Holm's correction.</param>
public sealed record SensitivityTest(double? Welch, double? WelchHolm);

/// <summary>A gallery of attacked images of one shuffle.</summary>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="ReferenceLevel">M, whose network was attacked.</param>
/// <param name="Width">Width of an image in pixels.</param>
/// <param name="Height">Height of an image in pixels.</param>
public sealed record Gallery(
    int Shuffle, int ReferenceLevel, int Width, int Height, ImmutableArray<GalleryItem> Items);

/// <summary>An original image and its adversarial examples.</summary>
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
/// <param name="Magnification">The factor of the magnification.</param>
public sealed record GalleryExample(
    string Attack, string Predicted, double L2, double Linf, string Image, string Difference, int Magnification);
