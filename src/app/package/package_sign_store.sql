-- Signatures of frozen contents.

-- name: package_signature_put
-- in: content_id id, signature bytes, change_id id
insert into package_signature (content_id, signature, change_id)
values (:content_id, :signature, :change_id)
on conflict (content_id) do update set signature = excluded.signature,
       change_id = excluded.change_id;

-- name: package_signature_find
-- in: content_id id
-- out: signature bytes
select s.signature from package_signature s where s.content_id = :content_id;
