using System.Collections.Immutable;
using AdvFit.Messages.Fields;

namespace AdvFit.Learning.Attacks;

/// <summary>
/// One attack: its name and source, the parameters that it declares, their published profiles, its cost, and how it is made.
/// Specs, JSON and journals hold its parameters as numbers by name, with 0 or 1 for a flag.
/// </summary>
/// <param name="name">Its name in specs, such as <c>deepfool</c>.</param>
/// <param name="title">Its name for people.</param>
/// <param name="source">The publication that introduced it.</param>
/// <param name="parameters">The fields of its record of parameters.</param>
/// <param name="profiles">The named sets of parameters.</param>
public abstract class AttackDefinition(
    string name, string title, string source, ImmutableArray<RecordField> parameters, ImmutableArray<AttackProfile> profiles)
{
    /// <summary>The attack's name in specs, such as <c>deepfool</c>.</summary>
    public string Name => name;

    /// <summary>The attack's name for people.</summary>
    public string Title => title;

    /// <summary>The publication that introduced the attack.</summary>
    public string Source => source;

    /// <summary>Every parameter that the attack has; all are needed to create it.</summary>
    public ImmutableArray<RecordField> Parameters => parameters;

    /// <summary>The named sets of parameters, of which <c>paper</c> is what a spec gets that names none.</summary>
    public ImmutableArray<AttackProfile> Profiles => profiles;

    /// <summary>Creates the attack from a value for each of its parameters.</summary>
    /// <exception cref="ArgumentException">
    /// A parameter is missing, unknown or out of its range; the message names every fault.
    /// </exception>
    public IAttack Create(IReadOnlyDictionary<string, double> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var faults = Faults(parameters);
        return faults.Count == 0
            ? Make(parameters)
            : throw new ArgumentException($"Attack {Name}: {string.Join("; ", faults)}.", nameof(parameters));
    }

    /// <summary>Forward and backward passes that a typical sample takes.</summary>
    /// <param name="parameters">Values by name; those that are missing are the defaults.</param>
    /// <param name="classes">Number of classes that the victim tells apart.</param>
    public abstract int PassesPerSample(IReadOnlyDictionary<string, double> parameters, int classes);

    /// <summary>Creates the attack from values that have been checked.</summary>
    private protected abstract IAttack Make(IReadOnlyDictionary<string, double> parameters);

    private List<string> Faults(IReadOnlyDictionary<string, double> values) =>
    [
        .. Parameters.Select(parameter =>
            values.TryGetValue(parameter.Name, out var value) ? parameter.Refuse(value) : $"{parameter.Name} is missing")
            .OfType<string>(),
        .. values.Keys.Except(Parameters.Select(parameter => parameter.Name)).Order(StringComparer.Ordinal)
            .Select(unknown => $"it has no parameter {unknown}"),
    ];
}

/// <inheritdoc/>
/// <typeparam name="TParameters">
/// The record of its parameters: properties of type <see cref="double"/>, <see cref="int"/> or <see cref="bool"/>, with a
/// meaning, a range and a default, which is that of the profile <c>paper</c>.
/// </typeparam>
public abstract class AttackDefinition<TParameters>(
    string name, string title, string source, params (string Name, string Source, TParameters Parameters)[] profiles)
    : AttackDefinition(
        name, title, source, RecordFields.Of<TParameters>(),
        [.. profiles.Select(each => new AttackProfile(each.Name, each.Source, ParameterValues.Of(each.Parameters)))])
    where TParameters : notnull
{
    /// <inheritdoc cref="AttackDefinition.Create(IReadOnlyDictionary{string, double})"/>
    public IAttack Create(TParameters parameters) => Create(ParameterValues.Of(parameters));

    /// <inheritdoc/>
    public sealed override int PassesPerSample(IReadOnlyDictionary<string, double> parameters, int classes) =>
        PassesPerSample(ParameterValues.Read<TParameters>(parameters), classes);

    /// <summary>Makes the attack of parameters that are within their ranges.</summary>
    protected abstract IAttack Make(TParameters parameters);

    /// <inheritdoc cref="AttackDefinition.PassesPerSample"/>
    protected abstract int PassesPerSample(TParameters parameters, int classes);

    private protected sealed override IAttack Make(IReadOnlyDictionary<string, double> parameters) =>
        Make(ParameterValues.Read<TParameters>(parameters));
}
