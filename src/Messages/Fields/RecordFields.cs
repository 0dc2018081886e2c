using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace AdvFit.Messages.Fields;

/// <summary>
/// The fields that a record declares. A record is the one place that says what it consists of: what reads, checks, writes or
/// documents such records goes through this list, so that a new field is a new property and nothing else.
/// </summary>
public static class RecordFields
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<RecordField>> Known = [];

    /// <summary>The fields of a record, in the order in which it declares them.</summary>
    public static ImmutableArray<RecordField> Of<T>() => Of(typeof(T));

    /// <inheritdoc cref="Of{T}"/>
    public static ImmutableArray<RecordField> Of(Type record) => Known.GetOrAdd(record, static type =>
    [
        // The base record's first; metadata tokens are in source order, which reflection does not promise.
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)
            .Select(property => new RecordField(property, ArgumentFor(type, property))),
    ]);

    /// <summary>Makes a record of values by the names of its fields. Fields that are not named keep the value that the record gives them.</summary>
    /// <param name="record">The record's type. What its constructor takes and does not default has to be among the values.</param>
    /// <param name="values">Values of the fields' types.</param>
    /// <exception cref="ArgumentException">A value is missing, of another type, or of no field.</exception>
    public static object Create(Type record, IReadOnlyDictionary<string, object?> values)
    {
        var fields = Of(record).ToDictionary(field => field.Name, StringComparer.Ordinal);
        if (values.Keys.FirstOrDefault(name => !fields.ContainsKey(name)) is { } unknown)
        {
            throw new ArgumentException($"{record.Name} has no field {unknown}.", nameof(values));
        }

        var constructor = ConstructorOf(record);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var arguments = constructor?.GetParameters().Select(parameter =>
        {
            var field = Of(record).First(field => string.Equals(field.Name.Replace("_", ""), parameter.Name, StringComparison.OrdinalIgnoreCase));
            taken.Add(field.Name);
            return values.TryGetValue(field.Name, out var value) ? value
                : parameter.HasDefaultValue ? parameter.DefaultValue
                : throw new ArgumentException($"{record.Name} lacks a value for {field.Name}.", nameof(values));
        }).ToArray();
        var made = constructor is null ? Activator.CreateInstance(record)! : constructor.Invoke(arguments);
        foreach (var (name, value) in values.Where(pair => !taken.Contains(pair.Key)))
        {
            fields[name].Set(made, value);
        }

        return made;
    }

    /// <inheritdoc cref="Create(Type, IReadOnlyDictionary{string, object?})"/>
    public static T Create<T>(IReadOnlyDictionary<string, object?> values) => (T)Create(typeof(T), values);

    private static ConstructorInfo? ConstructorOf(Type record) =>
        record.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length);

    private static ParameterInfo? ArgumentFor(Type record, PropertyInfo property) =>
        ConstructorOf(record)?.GetParameters().FirstOrDefault(
            parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
