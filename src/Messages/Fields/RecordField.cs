using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvFit.Messages.Fields;

/// <summary>
/// One property of a record, as its attributes declare it: <see cref="DescriptionAttribute"/> says what it means,
/// <see cref="RangeAttribute"/> and <see cref="AllowedValuesAttribute"/> which values it takes.
/// </summary>
public sealed class RecordField
{
    private readonly PropertyInfo _property;
    private readonly RangeAttribute? _range;

    internal RecordField(PropertyInfo property, ParameterInfo? argument)
    {
        IsRequired = argument is { HasDefaultValue: false };
        _property = property;
        _range = property.GetCustomAttribute<RangeAttribute>();
        var type = property.PropertyType;
        (Name, Type) = (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), Nullable.GetUnderlyingType(type) ?? type);
        Meaning = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        Minimum = _range is null ? null : Convert.ToDouble(_range.Minimum, CultureInfo.InvariantCulture);
        Maximum = _range is null ? null : Convert.ToDouble(_range.Maximum, CultureInfo.InvariantCulture);
        Choices = property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed
            ? [.. allowed.Values.OfType<string>()]
            : Type.IsEnum ? [.. Enum.GetNames(Type).Select(member => SpellingOf(Type, member))] : [];
    }

    /// <summary>The property's name in snake_case, as specs and JSON have it.</summary>
    public string Name { get; }

    /// <summary>The property's name.</summary>
    public string Property => _property.Name;

    /// <summary>The type of its values; of a nullable one, the type that may be missing.</summary>
    public Type Type { get; }

    /// <summary>One phrase for a person, with the unit; empty where none is declared.</summary>
    public string Meaning { get; }

    /// <summary>The smallest value; null where there is none.</summary>
    public double? Minimum { get; }

    /// <summary>The largest value; null where there is none.</summary>
    public double? Maximum { get; }

    /// <summary>Whether the smallest value itself is excluded.</summary>
    public bool MinimumIsExclusive => _range?.MinimumIsExclusive ?? false;

    /// <summary>Whether the largest value itself is excluded.</summary>
    public bool MaximumIsExclusive => _range?.MaximumIsExclusive ?? false;

    /// <summary>The words that it may be, of a field that is one of some words; otherwise empty.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>Whether a record cannot be made without a value for it.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether its values may be missing.</summary>
    public bool IsNullable => Nullable.GetUnderlyingType(_property.PropertyType) is not null
        || new NullabilityInfoContext().Create(_property).ReadState == NullabilityState.Nullable;

    /// <summary>Whether its values are themselves records with fields.</summary>
    public bool IsRecord => RecordFields.Of(Type).Length > 0;

    /// <summary>What a value within the range would have to be as well, such as <c>odd</c>; null where it is all that.</summary>
    public string? BrokenRule(object? value) => _property.GetCustomAttributes<ValidationAttribute>()
        .FirstOrDefault(rule => rule is not RangeAttribute and not AllowedValuesAttribute && !rule.IsValid(value))?.ErrorMessage;

    /// <summary>An attribute of the property; null where it has none of that type.</summary>
    public T? Attribute<T>()
        where T : Attribute => _property.GetCustomAttribute<T>();

    /// <summary>The field's value in a record.</summary>
    public object? Of(object record) => _property.GetValue(record);

    /// <summary>Sets the field of a record that is still being made.</summary>
    internal void Set(object record, object? value) => _property.SetValue(record, value);

    /// <summary>A member of an enumeration, as specs and JSON spell it.</summary>
    internal static string SpellingOf(Type type, string member) =>
        type.GetField(member)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? JsonNamingPolicy.KebabCaseLower.ConvertName(member);
}
