package io.jobmon.core.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Jackson as JobMon uses it. What is written depends on the value alone: maps and sets are sorted, numbers shortest. A
 * class name in JSON is never looked up.
 */
final class Mappers {

    /** For what need not come back as the same type: configuration, ground truth, checkpoints. */
    static final JsonMapper LENIENT = lenient();

    /** For parameters and outcomes, which must. */
    static final JsonMapper STRICT = LENIENT.rebuild()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.REQUIRE_SETTERS_FOR_GETTERS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    /** For outcomes that programs print: what is not there is not taken for 0. */
    static final JsonMapper ANSWERS = STRICT.rebuild()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Mappers() {}

    private static JsonMapper lenient() {
        return JsonMapper.builder(JsonTree.FACTORY)
                .annotationIntrospector(new Introspector())
                .polymorphicTypeValidator(new NoClassNames())
                .addModule(new SimpleModule("jobmon")
                        .addSerializer(new Decimals.Writer())
                        .addDeserializer(BigDecimal.class, new Decimals.Reader())
                        .addDeserializer(Object.class, new Untyped()))
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.ORDER_SET_ELEMENTS)
                .disable(
                        SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY,
                        SerializationFeature.FAIL_ON_ORDER_SET_BY_INCOMPARABLE_ELEMENT)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build();
    }

    /**
     * Gives sealed types a property with the record's simple name, found among the permitted records alone, and writes the
     * components of records in the order of their declaration.
     */
    private static final class Introspector extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            JsonTypeInfo.Value given = super.findPolymorphicTypeInfo(config, annotated);
            if (given != null || !sealed(annotated)) {
                return given;
            }
            return JsonTypeInfo.Value.construct(
                    JsonTypeInfo.Id.NAME,
                    JsonTypeInfo.As.PROPERTY,
                    SealedRecords.of(annotated.getRawType()).tag(),
                    null,
                    false,
                    true);
        }

        @Override
        public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
            List<NamedType> given = super.findSubtypes(config, annotated);
            if (given != null && !given.isEmpty() || !sealed(annotated)) {
                return given;
            }
            return SealedRecords.of(annotated.getRawType()).byName().entrySet().stream()
                    .map(entry -> new NamedType(entry.getValue(), entry.getKey()))
                    .toList();
        }

        @Override
        public String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
            String given = super.findTypeName(config, type);
            return given == null && type.getRawType().isRecord()
                    ? type.getRawType().getSimpleName()
                    : given;
        }

        @Override
        public String[] findSerializationPropertyOrder(MapperConfig<?> config, AnnotatedClass owner) {
            String[] given = super.findSerializationPropertyOrder(config, owner);
            if (given != null || !owner.getRawType().isRecord()) {
                return given;
            }
            return Arrays.stream(owner.getRawType().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toArray(String[]::new);
        }

        private static boolean sealed(Annotated annotated) {
            Class<?> type = annotated.getAnnotated() instanceof Class<?> raw ? raw : Object.class;
            return type.isSealed() && Modifier.isAbstract(type.getModifiers()) && SealedRecords.fits(type);
        }
    }

    private static final class NoClassNames extends PolymorphicTypeValidator {

        private static final long serialVersionUID = 1L;

        @Override
        public Validity validateBaseType(DatabindContext context, JavaType base) {
            return Validity.DENIED;
        }

        @Override
        public Validity validateSubClassName(DatabindContext context, JavaType base, String name) {
            return Validity.DENIED;
        }

        @Override
        public Validity validateSubType(DatabindContext context, JavaType base, JavaType sub) {
            return Validity.DENIED;
        }
    }
}
