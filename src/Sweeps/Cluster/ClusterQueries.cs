using System.Collections.Immutable;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Cluster;

/// <summary>Asks which sweeps there are. Answered by <see cref="SweepList"/>.</summary>
public sealed record ListSweeps : IWireMessage;

/// <summary>The ids of the sweeps, the latest begun first.</summary>
public sealed record SweepList(ImmutableArray<string> Sweeps) : IWireMessage;

/// <summary>
/// Asks how a sweep stands. Answered by <see cref="LoadedSweep"/>, <see cref="QuarantinedSweep"/> or <see cref="Refused"/>.
/// </summary>
public sealed record LoadSweep(string Sweep) : ISweepMessage;

/// <summary>How a sweep stands after an event.</summary>
/// <param name="Snapshot">As a journal keeps it.</param>
public sealed record LoadedSweep(JournalSnapshot Snapshot) : IWireMessage;

/// <summary>A sweep that nobody works on any more, for its journal is damaged.</summary>
/// <param name="Snapshot">How it stood after the last sound event; null where there is none.</param>
/// <param name="Reason">What is wrong, and the mend, in a sentence.</param>
public sealed record QuarantinedSweep(JournalSnapshot? Snapshot, string Reason) : IWireMessage
{
    /// <summary>The sentence for a damage.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="damage">What is wrong, as a part of a sentence.</param>
    public static string ReasonOf(string sweep, string damage) =>
        $"The sweep {sweep} is quarantined, for {damage}; take out what is sound by `advfit export {sweep} -o FILE`, "
        + $"then remove it by `advfit forget {sweep}`, and bring it back by `advfit import FILE`.";
}

/// <summary>Asks which nodes there are. Answered by <see cref="NodeList"/>.</summary>
public sealed record ListNodes : IWireMessage;

/// <summary>The nodes that have reported and are still members.</summary>
public sealed record NodeList(ImmutableArray<NodeState> Nodes) : IWireMessage;

/// <summary>Asks for what the analysis has of a sweep, as JSON, in parts. Answered by <see cref="ResultsPart"/> or <see cref="Refused"/>.</summary>
/// <param name="After">Number of the sweep's event that has to be in it.</param>
/// <param name="Offset">Bytes to leave out.</param>
/// <param name="Edition">The edition of which the parts before were; null for the first.</param>
public sealed record LoadResults(string Sweep, long After, int Offset, long? Edition) : IWireMessage;

/// <summary>A part of the results of a sweep.</summary>
/// <param name="Edition">Number of the last event in them.</param>
/// <param name="Total">Length of the whole in bytes.</param>
/// <param name="Bytes">The part.</param>
public sealed record ResultsPart(long Edition, int Total, ImmutableArray<byte> Bytes) : IWireMessage;
